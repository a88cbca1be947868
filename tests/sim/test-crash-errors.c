/* A disk that answers with errors, or has no room, and memory that runs out. A change is refused in plain words and not
 * half made; after the disk has failed nothing more is written until the store is opened again, reading goes on, and
 * whoever listens has been told once; without room, or memory, the next change is as good as ever. */
#include <sqlite3.h>
#include <string.h>

#include "limber-crash-check.h"
#include "limber-error.h"
#include "limber-sim-plain.h"

#define FAULTS 30       /* of each sort for each class of store in a usual run */
#define FAULTS_LONG 4000
#define TRIES 40        /* to make a store and open it */

static const struct {
  const char *name;
  SimDiskStep step;
  int         code;
  guint       last; /* the fault comes at the 1st to this one */
} sorts[] = {
  { "write", SIM_DISK_WRITE, SQLITE_IOERR_WRITE, 40 },         { "full", SIM_DISK_WRITE, SQLITE_FULL, 40 }, { "sync", SIM_DISK_SYNC, SQLITE_IOERR_FSYNC, 3 },
  { "truncate", SIM_DISK_TRUNCATE, SQLITE_IOERR_TRUNCATE, 1 }, { "read", SIM_DISK_READ, SQLITE_IOERR_READ, 30 }, { "open", SIM_DISK_OPEN, SQLITE_CANTOPEN, 3 },
  { "remove", SIM_DISK_DELETE, SQLITE_IOERR_DELETE, 1 },
};

typedef struct {
  CrashWork *work;
  SimDisk   *disk;
  const char *folder;
  SimRandom  random;
  guint      sort;
  gboolean   always;   /* from the Nth on, not only once */
  guint      left;     /* so many of the sort until the fault; 0 for never */
  gboolean   fired;
  gboolean   quiet;    /* nothing may be written now */
  guint      fired_in_all;
} Faults;

static void
complain (Faults *self, const char *what, const char *why)
{
  g_error ("%s, a fault at a %s%s during %s (step %u): %s%s%s", limber_class_name (self->work->identity.klass), sorts[self->sort].name, self->always ? " and all after it" : "", self->work->doing,
           self->work->number, what, why != NULL ? ": " : "", why != NULL ? why : "");
}

static int
on_step (SimDiskStep step, const char *path, gpointer data)
{
  Faults *self = data;

  if (self->quiet && step > SIM_DISK_READ)
    complain (self, "something was written after the disk had failed", path);
  if (step != sorts[self->sort].step || self->left == 0 || (self->left > 1 && --self->left > 0))
    return SQLITE_OK;
  self->left = self->always ? 1 : 0;
  self->fired = TRUE;
  return sorts[self->sort].code;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
check_words (Faults *self, const GError *error)
{
  gboolean full = sorts[self->sort].code == SQLITE_FULL;

  if (!g_error_matches (error, LIMBER_ERROR, full ? LIMBER_ERROR_DISK_FULL : LIMBER_ERROR_DISK))
    complain (self, "it was said otherwise", error->message);
}

/* The store has said that it failed. */
static void
check_stopped (Faults *self)
{
  g_autoptr (GError) error = NULL;
  gboolean reads = sorts[self->sort].step != SIM_DISK_READ && sorts[self->sort].step != SIM_DISK_OPEN;

  if (self->work->failed != 1)
    complain (self, "it said more than once that it failed", NULL);
  self->quiet = TRUE;
  if (crash_work_put (self->work, &error))
    complain (self, "a change was taken after the disk had failed", NULL);
  check_words (self, error);
  g_clear_error (&error);
  if (reads && !crash_check_store (self->work, self->work->store, &error))
    complain (self, "it cannot be read any more", error->message);
  crash_work_close (self->work);
  settle ();
  self->quiet = FALSE;
}

/* Something failed, but the store goes on. */
static void
check_going_on (Faults *self)
{
  g_autoptr (GError) error = NULL;

  if (self->always && self->fired && sorts[self->sort].code == SQLITE_FULL) {
    if (crash_work_put (self->work, &error))
      complain (self, "a change was taken without room", NULL);
    check_words (self, error);
    g_clear_error (&error);
  }
  self->left = 0;
  self->work->number++;
  if (!crash_work_put (self->work, &error) || !crash_check_store (self->work, self->work->store, &error))
    complain (self, "the next change was refused", error->message);
}

/* What is saved after the disk has failed is as safe as ever, whatever the disk makes of what it was given before. */
static void
lose_power (Faults *self)
{
  g_autofree char *folder = g_strdup_printf ("%s/image", self->folder), *dir = g_build_filename (folder, "store", NULL);
  g_autoptr (SimImage) image = NULL;
  g_autoptr (GError) error = NULL;

  self->work->number++;
  sim_plain_listen (TRUE);
  if (!crash_work_put (self->work, &error))
    complain (self, "the next change was refused after opening it again", error->message);
  settle ();
  sim_plain_listen (FALSE);
  image = sim_unsynced_image (sim_disk_unsynced (self->disk), NULL, sim_random_below (&self->random, SIM_DAMAGES), &self->random);
  sim_image_save (image, folder);
  if (!crash_check_image (self->work, dir, FALSE, &error))
    complain (self, "the power was lost after opening it again", error->message);
  test_dir_remove (folder);
  sim_plain_listen (TRUE);
}

static void
open_again (Faults *self)
{
  g_autoptr (GError) error = NULL;

  self->left = 0;
  crash_work_close (self->work);
  self->work->failed = 0;
  if (!crash_work_open (self->work, &error) || !crash_check_store (self->work, self->work->store, &error))
    complain (self, "after opening it again", error->message);
  if (sorts[self->sort].step == SIM_DISK_SYNC || sim_random_below (&self->random, 4) == 0)
    lose_power (self);
}

static void
one_fault (Faults *self)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  self->fired = FALSE;
  self->left = 1 + sim_random_below (&self->random, sorts[self->sort].last);
  done = crash_work_step (self->work, &error);
  settle ();
  self->fired_in_all += self->fired;
  if (!done && !self->fired)
    complain (self, "it failed without a fault", error->message);
  if (!done)
    check_words (self, error);
  if (self->work->failed > 0)
    check_stopped (self);
  else if (self->work->store != NULL)
    check_going_on (self);
  open_again (self);
}

/* Until it is made and open in spite of them. */
static void
make_with_faults (Faults *self)
{
  for (guint n = 1, tries = 0; self->work->store == NULL; n += 1 + sim_random_below (&self->random, 10)) {
    g_autoptr (GError) error = NULL;

    self->left = ++tries < TRIES ? n : 0; /* each leaves a longer log to read, so the fault might come for ever */
    self->fired = FALSE;
    if (!(self->work->made ? crash_work_open (self->work, &error) : crash_work_create (self->work, &error)) && !self->fired)
      complain (self, "it failed without a fault", error->message);
    else if (error != NULL)
      check_words (self, error);
    self->left = 0;
    self->fired_in_all += self->fired;
    settle ();
  }
  open_again (self);
}

/* Returns how many faults there were. */
static guint
run (LimberClass klass, guint sort, gboolean always, guint wanted)
{
  g_autofree char *folder = test_dir_new (), *disk = g_build_filename (folder, "disk", NULL), *dir = g_build_filename (disk, "store", NULL);
  CrashSource *source = crash_source_new (klass, sort);
  Faults self = { .folder = folder, .sort = sort, .always = always };

  sim_disk_install (sort);
  sim_random_init (&self.random, sort, "errors", klass);
  self.disk = sim_disk_new (disk, NULL, NULL);
  self.work = crash_work_new (source, dir, sort);
  g_assert_cmpint (g_mkdir_with_parents (disk, 0700), ==, 0);
  sim_plain_listen (TRUE);
  sim_disk_watch (self.disk, on_step, &self);
  make_with_faults (&self);
  for (guint i = 0; i < wanted; i++)
    one_fault (&self);
  crash_work_free (self.work);
  sim_plain_listen (FALSE);
  sim_disk_free (self.disk);
  crash_source_free (source);
  test_dir_remove (folder);
  return self.fired_in_all;
}

static void
test_sort (gconstpointer data)
{
  static const LimberClass classes[] = { LIMBER_CLASS_DESK, LIMBER_CLASS_HUB, LIMBER_CLASS_CENTRAL };
  guint sort = GPOINTER_TO_UINT (data), wanted = g_getenv ("LIMBER_TEST_LONG") != NULL ? FAULTS_LONG : FAULTS, fired = 0;

  for (guint i = 0; i < 2 * G_N_ELEMENTS (classes); i++)
    fired += run (classes[i / 2], sort, i % 2 == 1, wanted);
  g_test_message ("%u faults", fired);
  g_assert_cmpuint (fired, >, 0);
}

int
main (int argc, char *argv[])
{
  crash_work_in_memory ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++) {
    g_autofree char *path = g_strdup_printf ("/crash/errors/%s", sorts[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_sort);
  }
  return g_test_run ();
}
