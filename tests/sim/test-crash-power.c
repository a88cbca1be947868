/* The power goes at any write, sync, truncation or removal of a store's work, and leaves any part of what was not synced.
 * The store then holds what it held when the power went, or that and the change that was being made, and nothing else;
 * and all that was said to be saved. */
#include "limber-crash-check.h"
#include "limber-sim-plain.h"

#define STEPS 30
#define SELDOM 3           /* of steps that are rarer than writes and syncs, one in so many is looked at */
#define IMAGES 400        /* of each class of store in a usual run */
#define IMAGES_LONG 1000000 /* of all together */

/* An image that held something else than was committed when it was taken: then that must be what was committed next. */
typedef struct {
  guint64     print;
  guint       moment;
  SimDamage   damage;
  const char *during;
} Ahead;

typedef struct {
  CrashWork  *work;
  SimDisk    *disk;
  SimRandom   random;
  char       *images;   /* (owned): a folder for them */
  gboolean    busy;
  gboolean    restoring; /* at the last moment */
  guint       moment;   /* writes, syncs, truncations and removals so far */
  guint       one_in;   /* of so many moments one is looked at */
  guint       n_images;
  guint64     now;      /* print of what is committed */
  GArray     *ahead;    /* (owned): Ahead */
} Campaign;

static void
fail (Campaign *self, guint moment, SimDamage damage, const char *during, const char *why)
{
  static const char *const damages[] = { "nothing", "all", "some" };

  g_error ("%s: the power went at moment %u of seed %" G_GUINT64_FORMAT ", during %s; %s of what was not synced was left: %s",
           limber_class_name (self->work->identity.klass), moment, self->work->clock.seed, during, damages[damage], why);
}

/* What is committed now, as another program would see it. */
static void
look (Campaign *self)
{
  guint64 print = crash_check_print (self->work->dir);

  if (print == self->now || print == CRASH_CHECK_BUSY)
    return;
  for (guint i = 0; i < self->ahead->len; i++) {
    Ahead *ahead = &g_array_index (self->ahead, Ahead, i);

    if (ahead->print != print)
      fail (self, ahead->moment, ahead->damage, ahead->during, "it holds what was never committed");
  }
  g_array_set_size (self->ahead, 0);
  self->now = print;
}

static void
take_image (Campaign *self, SimDamage damage)
{
  g_autofree char *folder = g_strdup_printf ("%s/%u", self->images, self->n_images++), *dir = g_build_filename (folder, "store", NULL);
  g_autoptr (GError) error = NULL;
  Ahead ahead = { 0, self->moment, damage, self->work->doing };

  sim_unsynced_image (sim_disk_unsynced (self->disk), folder, damage, &self->random);
  ahead.print = crash_check_print (dir);
  if (ahead.print != self->now && self->work->made && !self->restoring) /* what gives way has another print than what comes, and between them is none */
    g_array_append_val (self->ahead, ahead);
  if (!crash_check_image (self->work, dir, self->n_images % 4 == 0, &error))
    fail (self, self->moment, damage, self->work->doing, error->message);
  test_dir_remove (folder);
}

static int
on_step (SimDiskStep step, const char *path, gpointer data)
{
  Campaign *self = data;
  gboolean chosen;

  if (self->busy || step <= SIM_DISK_READ)
    return 0;
  self->busy = TRUE;
  sim_plain_listen (FALSE);
  self->moment++;
  chosen = sim_random_below (&self->random, step == SIM_DISK_DELETE || step == SIM_DISK_TRUNCATE || (self->work->restoring && step == SIM_DISK_SYNC) ? MIN (self->one_in, SELDOM) : self->one_in) == 0;
  if (self->work->made && !self->restoring && (chosen || step == SIM_DISK_SYNC || self->work->restoring))
    look (self);
  self->restoring = self->work->restoring;
  for (SimDamage damage = 0; chosen && damage < SIM_DAMAGES + 1; damage++)
    take_image (self, MIN (damage, SIM_DAMAGE_ANY_LEFT));
  sim_plain_listen (TRUE);
  self->busy = FALSE;
  return 0;
}

static void
check_done (Campaign *self, gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  self->busy = TRUE;
  look (self);
  self->busy = FALSE;
}

static void
run_work (Campaign *self)
{
  GError *error = NULL;
  gboolean done = crash_work_create (self->work, &error);

  check_done (self, done, error);
  done = crash_work_open (self->work, &error);
  check_done (self, done, error);
  for (guint i = 0; i < STEPS; i++) {
    done = crash_work_step (self->work, &error);
    check_done (self, done, error);
  }
  self->work->doing = "closing it";
  crash_work_close (self->work);
  check_done (self, TRUE, NULL);
  if (self->ahead->len > 0)
    fail (self, g_array_index (self->ahead, Ahead, 0).moment, g_array_index (self->ahead, Ahead, 0).damage, g_array_index (self->ahead, Ahead, 0).during, "it holds what was never committed");
}

static gboolean
stay (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Returns how many images there were. */
static guint
campaign (LimberClass klass, guint64 seed, guint one_in, guint *moments)
{
  g_autofree char *folder = test_dir_new (), *disk = g_build_filename (folder, "disk", NULL), *dir = g_build_filename (disk, "store", NULL);
  CrashSource *source = crash_source_new (klass, seed);
  Campaign self = { .images = folder, .one_in = one_in, .ahead = g_array_new (FALSE, FALSE, sizeof (Ahead)) };

  sim_disk_install (seed);
  sim_random_init (&self.random, seed, "power", klass);
  self.disk = sim_disk_new (disk, stay, NULL);
  self.work = crash_work_new (source, dir, seed);
  g_assert_cmpint (g_mkdir_with_parents (disk, 0700), ==, 0);
  sim_disk_watch (self.disk, on_step, &self);
  sim_plain_listen (TRUE);
  run_work (&self);
  sim_plain_listen (FALSE);
  crash_work_free (self.work);
  sim_disk_free (self.disk);
  crash_source_free (source);
  g_array_unref (self.ahead);
  test_dir_remove (folder);
  *moments += self.moment;
  return self.n_images;
}

static void
run (LimberClass klass, guint wanted, guint one_in)
{
  guint64 seed = g_getenv ("LIMBER_SEED") != NULL ? g_ascii_strtoull (g_getenv ("LIMBER_SEED"), NULL, 10) : 1;
  guint images = 0, moments = 0, runs = 0;

  for (; images < wanted; runs++)
    images += campaign (klass, seed + runs, one_in, &moments);
  g_test_message ("%u images of %s at %u moments of %u runs, from seed %" G_GUINT64_FORMAT, images, limber_class_name (klass), moments, runs, seed);
}

static void
test_class (gconstpointer data)
{
  run (GPOINTER_TO_UINT (data), g_getenv ("LIMBER_TEST_LONG") != NULL ? IMAGES_LONG / 3 : IMAGES, 20);
}

int
main (int argc, char *argv[])
{
  crash_work_in_memory ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/crash/power lost at a desk", GUINT_TO_POINTER (LIMBER_CLASS_DESK), test_class);
  g_test_add_data_func ("/crash/power lost at a hub", GUINT_TO_POINTER (LIMBER_CLASS_HUB), test_class);
  g_test_add_data_func ("/crash/power lost at central", GUINT_TO_POINTER (LIMBER_CLASS_CENTRAL), test_class);
  return g_test_run ();
}
