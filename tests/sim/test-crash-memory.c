/* SQLite finds no memory, at the Nth time that it asks: an error, never a crash or damage, and the next change is as good
 * as ever. */
#include <sqlite3.h>

#include "limber-crash-check.h"
#include "limber-error.h"
#include "limber-sim-disk.h"

#define ROUNDS 300       /* steps with a fault, for each class of store, in a usual run */
#define ROUNDS_LONG 20000

static sqlite3_mem_methods usual;
static guint left;      /* so many more until there is none; 0 for always enough */
static gboolean always; /* from then on, not only once */
static gboolean fired;

static gboolean
has_memory (void)
{
  if (left == 0 || (left > 1 && --left > 0))
    return TRUE;
  left = always ? 1 : 0;
  fired = TRUE;
  return FALSE;
}

static void *
scarce_malloc (int size)
{
  return has_memory () ? usual.xMalloc (size) : NULL;
}

static void *
scarce_realloc (void *memory, int size)
{
  return has_memory () ? usual.xRealloc (memory, size) : NULL;
}

static void
make_memory_scarce (void)
{
  sqlite3_mem_methods scarce;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &usual), ==, SQLITE_OK);
  scarce = usual;
  scarce.xMalloc = scarce_malloc;
  scarce.xRealloc = scarce_realloc;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &scarce), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0), ==, SQLITE_OK); /* each is asked for, none is kept ready */
}

static void
complain (CrashWork *work, guint at, const char *what, const char *why)
{
  g_error ("%s, no memory at request %u%s during %s (step %u): %s: %s", limber_class_name (work->identity.klass), at, always ? " and all after it" : "", work->doing, work->number, what, why);
}

static void
check_next (CrashWork *work, guint at)
{
  g_autoptr (GError) error = NULL;

  if (work->store == NULL && !crash_work_open (work, &error))
    complain (work, at, "it cannot be opened", error->message);
  work->number++;
  if (work->failed > 0 || !crash_work_put (work, &error))
    complain (work, at, "the next change was refused", error != NULL ? error->message : "it says that the disk failed");
  if (!crash_check_store (work, work->store, &error))
    complain (work, at, "it is not sound", error->message);
}

static gboolean
one_fault (CrashWork *work, guint at)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  fired = FALSE;
  left = at;
  done = crash_work_step (work, &error);
  left = 0;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (!done && (!fired || !g_error_matches (error, LIMBER_ERROR, LIMBER_ERROR_BUSY)))
    complain (work, at, "it was said otherwise", error->message);
  check_next (work, at);
  return fired;
}

static void
test_class (gconstpointer data)
{
  guint rounds = g_getenv ("LIMBER_TEST_LONG") != NULL ? ROUNDS_LONG : ROUNDS, faults = 0;
  g_autofree char *folder = test_dir_new (), *dir = g_build_filename (folder, "store", NULL);
  CrashSource *source = crash_source_new (GPOINTER_TO_UINT (data), 1);
  CrashWork *work = crash_work_new (source, dir, 1);
  g_autoptr (GError) error = NULL;
  SimRandom random;

  sim_random_init (&random, 1, "memory", GPOINTER_TO_UINT (data));
  crash_work_create (work, &error);
  g_assert_no_error (error);
  crash_work_open (work, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rounds; i++) {
    always = sim_random_below (&random, 4) == 0;
    faults += one_fault (work, 1 + sim_random_below (&random, i % 2 == 0 ? 60 : 1500));
  }
  g_test_message ("%u faults in %u steps", faults, rounds);
  g_assert_cmpuint (faults, >, rounds / 4);
  crash_work_free (work);
  crash_source_free (source);
  test_dir_remove (folder);
}

int
main (int argc, char *argv[])
{
  crash_work_in_memory ();
  make_memory_scarce ();
  sim_disk_install (1);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/crash/no memory at a desk", GUINT_TO_POINTER (LIMBER_CLASS_DESK), test_class);
  g_test_add_data_func ("/crash/no memory at a hub", GUINT_TO_POINTER (LIMBER_CLASS_HUB), test_class);
  g_test_add_data_func ("/crash/no memory at central", GUINT_TO_POINTER (LIMBER_CLASS_CENTRAL), test_class);
  return g_test_run ();
}
