/* The power goes at any write, sync, truncation or removal of a store's work, and leaves any part of what was not synced.
 * The store then holds what it held when the power went, or that and the change that was being made, and nothing else;
 * and all that was said to be saved.
 * An image counts once: one of the same bytes, of which the same is to be expected, is thrown away. SQLite recovers every
 * one. Where it comes to a database and to other files that were found sound before, with the same expected of them, only a
 * share is opened by Limber; each other is, verified whole, and gone on with. A copy that is being written is the same file
 * however much of it is there: nobody may read it by that name. */
#include "limber-crash-check.h"
#include "limber-sim-plain.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STEPS 30
#define LEFT 4             /* images of a moment of which any part is left; beside them, of one nothing and of one all */
#define SHARE 32           /* of images that come to what is known, one in so many is opened */
#define SELDOM 3           /* of steps that are rarer than writes and syncs, one in so many is looked at in a usual run */
#define IMAGES 2000        /* of each class of store in a usual run */
#define IMAGES_LONG 1000000 /* of all together */

/* An image that held something else than was committed when it was taken: then that must be what was committed next. */
typedef struct {
  guint64     print;
  guint       moment;
  SimDamage   damage;
  const char *during;
} Ahead;

/* What campaigns came to. */
typedef struct {
  guint   runs, moments, images, opened;
  guint64 sorts[16]; /* bits: of moments that differ in what is done, by what step and to which file */
} Tally;

typedef struct {
  CrashWork  *work;
  SimDisk    *disk;
  SimImage   *whole;    /* (owned): the disk as it was when an image was last taken, without what has been changed since */
  guint64     seed;
  SimRandom   random;
  char       *images;   /* (owned): a folder for them */
  gboolean    busy;
  gboolean    restoring; /* at the last moment */
  guint       moment;   /* writes, syncs, truncations and removals so far */
  guint       one_in;   /* of so many moments one is looked at */
  guint64     now;      /* print of what is committed */
  guint64     stamp;    /* of the files when it was looked for */
  GArray     *ahead;    /* (owned): Ahead */
  GHashTable *seen;     /* (owned): prints of images, and of what SQLite made of them, with what was expected */
  Tally      *tally;
} Campaign;

static void
fail (Campaign *self, guint moment, SimDamage damage, const char *during, const char *why)
{
  static const char *const damages[] = { "nothing", "all", "some" };

  g_error ("%s: the power went at moment %u of seed %" G_GUINT64_FORMAT ", during %s; %s of what was not synced was left: %s",
           limber_class_name (self->work->identity.klass), moment, self->seed, during, damages[damage], why);
}

/* The print is another only when this is: the index of a log says first what was committed last. */
static guint64
stamp_of (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "store.db", NULL), *index = g_build_filename (dir, "store.db-shm", NULL);
  FILE *file = fopen (index, "re");
  guint64 words[12] = { 0 }, stamp = 0;
  struct stat info;

  if (file == NULL || fread (words, sizeof words, 1, file) != 1 || stat (path, &info) != 0)
    info.st_ino = 0;
  if (file != NULL)
    fclose (file);
  for (guint i = 0; i < G_N_ELEMENTS (words) && info.st_ino != 0; i++)
    stamp = (stamp ^ words[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + info.st_ino;
  return stamp;
}

/* What is committed now, as another program would see it. */
static void
look (Campaign *self)
{
  guint64 stamp = stamp_of (self->work->dir), print;

  if (stamp != 0 && stamp == self->stamp)
    return;
  print = crash_check_print (self->work->dir);
  self->stamp = print != CRASH_CHECK_BUSY ? stamp_of (self->work->dir) : 0;
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

/* Whether this is the first of it. */
static gboolean
is_new (Campaign *self, SimImage *image, gboolean settled)
{
  guint64 expected[] = { sim_image_print (image), self->now, self->work->saved, self->work->made, self->restoring, settled }, key = 0;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    key = (key ^ expected[i] ^ (key >> 29)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return g_hash_table_add (self->seen, g_memdup2 (&key, sizeof key));
}

static void
check_whole (Campaign *self, SimImage *image, SimDamage damage, gboolean go_on)
{
  g_autofree char *folder = g_strdup_printf ("%s/%u", self->images, self->tally->images), *dir = g_build_filename (folder, "store", NULL);
  g_autoptr (GError) error = NULL;
  Ahead ahead = { 0, self->moment, damage, self->work->doing };

  sim_image_save (image, folder);
  ahead.print = crash_check_print (dir);
  if (ahead.print != self->now && self->work->made && !self->restoring) /* what gives way has another print than what comes, and between them is none */
    g_array_append_val (self->ahead, ahead);
  if (!crash_check_image (self->work, dir, go_on, &error))
    fail (self, self->moment, damage, self->work->doing, error->message);
  test_dir_remove (folder);
  self->tally->opened++;
}

static void
take_image (Campaign *self, SimDamage damage)
{
  static const char *const unfinished[] = { ".part", ".part-journal", ".fresh", ".fresh-journal" };
  g_autoptr (SimImage) image = sim_unsynced_image (sim_disk_unsynced (self->disk), self->whole, damage, &self->random), settled = NULL;
  gboolean known;

  if (!is_new (self, image, FALSE))
    return;
  self->tally->images++;
  settled = sim_image_copy (image);
  for (guint i = 0; i < G_N_ELEMENTS (unfinished); i++)
    sim_image_empty (settled, unfinished[i]);
  known = sim_image_settle (settled, "/store/store.db") && !is_new (self, settled, TRUE);
  if (!known || self->tally->images % SHARE == 0)
    check_whole (self, image, damage, !known || self->tally->images % (2 * SHARE) == 0);
}

static void
note_sort (Campaign *self, SimDiskStep step, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  guint sort = g_str_hash (g_strcanon (name, G_CSET_a_2_z "-.", ' ')) * 31 + g_str_hash (self->work->doing) + step;

  sort = sort * 0x9e3779b1u >> 22;
  self->tally->sorts[sort / 64] |= G_GUINT64_CONSTANT (1) << sort % 64;
}

static void
take_images (Campaign *self, SimDiskStep step, const char *path)
{
  sim_image_refresh (self->whole);
  self->tally->moments++;
  note_sort (self, step, path);
  for (SimDamage damage = 0; damage < SIM_DAMAGE_ANY_LEFT + LEFT; damage++)
    take_image (self, MIN (damage, SIM_DAMAGE_ANY_LEFT));
}

static int
on_step (SimDiskStep step, const char *path, gpointer data)
{
  Campaign *self = data;
  gboolean chosen;

  if (self->busy)
    return 0;
  if (step <= SIM_DISK_READ) {
    if (step == SIM_DISK_OPEN)
      sim_image_set (self->whole, path + strlen (sim_disk_folder (self->disk)), NULL);
    return 0;
  }
  self->busy = TRUE;
  sim_plain_listen (FALSE);
  self->moment++;
  chosen = sim_random_below (&self->random, step == SIM_DISK_DELETE || step == SIM_DISK_TRUNCATE || (self->work->restoring && step == SIM_DISK_SYNC) ? MIN (self->one_in, SELDOM) : self->one_in) == 0;
  if (self->work->made && !self->restoring && (chosen || step == SIM_DISK_SYNC || self->work->restoring))
    look (self);
  self->restoring = self->work->restoring;
  if (chosen)
    take_images (self, step, path);
  sim_image_set (self->whole, path + strlen (sim_disk_folder (self->disk)), NULL);
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

static void
campaign (LimberClass klass, guint64 seed, guint one_in, Tally *tally)
{
  g_autofree char *folder = test_dir_new (), *disk = g_build_filename (folder, "disk", NULL), *dir = g_build_filename (disk, "store", NULL);
  CrashSource *source = crash_source_new (klass, seed);
  Campaign self = { .seed = seed, .images = folder, .one_in = one_in, .ahead = g_array_new (FALSE, FALSE, sizeof (Ahead)), .tally = tally };

  sim_disk_install (seed);
  sim_random_init (&self.random, seed, "power", klass);
  self.disk = sim_disk_new (disk, stay, NULL);
  self.whole = sim_image_new (disk);
  self.work = crash_work_new (source, dir, seed);
  self.seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_assert_cmpint (g_mkdir_with_parents (disk, 0700), ==, 0);
  sim_disk_watch (self.disk, on_step, &self);
  sim_plain_listen (TRUE);
  run_work (&self);
  sim_plain_listen (FALSE);
  crash_work_free (self.work);
  sim_disk_free (self.disk);
  sim_image_free (self.whole);
  crash_source_free (source);
  g_array_unref (self.ahead);
  g_hash_table_unref (self.seen);
  test_dir_remove (folder);
  tally->runs++;
}

/* That something was erased from copies, or could not be, is told at every image. */
static void
say_nothing (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

/* Every so manyth seed, until there are as many images as are wanted. */
static G_NORETURN void
run_share (LimberClass klass, guint64 seed, guint every, guint wanted, guint one_in, Tally *tally)
{
  g_log_set_handler ("limber", G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_DEBUG, say_nothing, NULL);
  for (; tally->images < wanted; seed += every)
    campaign (klass, seed, one_in, tally);
  exit (0); /* by the way that looks for leaks */
}

static guint
sorts_of (const Tally *tallies, guint n)
{
  guint sorts = 0;

  for (guint word = 0; word < G_N_ELEMENTS (tallies->sorts); word++) {
    guint64 bits = 0;

    for (guint i = 0; i < n; i++)
      bits |= tallies[i].sorts[word];
    sorts += (guint) __builtin_popcountll (bits);
  }
  return sorts;
}

static guint64
from_environment (const char *name, guint64 usual)
{
  return g_getenv (name) != NULL ? g_ascii_strtoull (g_getenv (name), NULL, 10) : usual;
}

/* In as many processes as are given; what they came to is in memory that they have in common. A campaign can be run in
 * pieces: from LIMBER_SEED on, LIMBER_IMAGES of each class. */
static void
run (LimberClass klass, guint usual, guint one_in, guint processes)
{
  guint64 seed = from_environment ("LIMBER_SEED", 1);
  guint wanted = (guint) from_environment ("LIMBER_IMAGES", usual);
  Tally *tallies = mmap (NULL, processes * sizeof *tallies, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), sum = { 0 };

  g_assert_true (tallies != MAP_FAILED);
  for (guint i = 0; i < processes; i++)
    if (fork () == 0)
      run_share (klass, seed + i, processes, wanted / processes, one_in, &tallies[i]);
  for (guint i = 0; i < processes; i++) {
    int status;

    g_assert_cmpint (wait (&status), >, 0);
    g_assert_cmpint (status, ==, 0);
  }
  for (guint i = 0; i < processes; i++) {
    sum.runs += tallies[i].runs;
    sum.moments += tallies[i].moments;
    sum.images += tallies[i].images;
    sum.opened += tallies[i].opened;
  }
  g_test_message ("%u images of %s, no two alike, of which %u were opened, at %u moments of %u sorts of %u runs, from seed %" G_GUINT64_FORMAT, sum.images, limber_class_name (klass), sum.opened,
                  sum.moments, sorts_of (tallies, processes), sum.runs, seed);
  munmap (tallies, processes * sizeof *tallies);
}

static void
test_class (gconstpointer data)
{
  if (g_getenv ("LIMBER_TEST_LONG") != NULL)
    run (GPOINTER_TO_UINT (data), IMAGES_LONG / 3 + 1, 1, g_get_num_processors ());
  else
    run (GPOINTER_TO_UINT (data), IMAGES, 10, 1);
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
