/* A store whose owner runs: reads go beside it, changes are carried out by it. This test is the owner. */
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <string.h>

#include "ctl-test.h"
#include "limber-commands.h"
#include "limber-control.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-test.h"

typedef struct {
  char          *dir;
  char          *central;
  LimberEnv     *env;
  LimberStore   *store;
  LimberControl *control;
} Fixture;

static void
own (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = limber_store_open (fixture->central, LIMBER_STORE_OWN, fixture->env, &error);
  g_assert_no_error (error);
  fixture->control = limber_control_new (fixture->store, NULL, limber_commands_all (), &error);
  g_assert_no_error (error);
}

static void
disown (Fixture *fixture)
{
  limber_control_stop (fixture->control);
  g_clear_object (&fixture->control);
  limber_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ctl_new_county ();
  fixture->central = ctl_path (fixture->dir, "central");
  fixture->env = limber_env_new_system ();
  own (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->store != NULL)
    disown (fixture);
  limber_env_unref (fixture->env);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->central);
}

/* Runs limberctl in a thread while the main loop runs here. */
typedef struct {
  char     **words;
  CtlResult *result;
} Run;

static gpointer
run_thread (gpointer data)
{
  Run *run = data;

  run->result = ctl_run_v (NULL, (const char *const *) run->words);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
has_result (gpointer data)
{
  return g_atomic_pointer_get (&((Run *) data)->result) != NULL;
}

static CtlResult *
run_beside (const char *first, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Run run = { NULL, NULL };
  va_list args;
  GThread *thread;

  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_strv_builder_add (builder, word);
  va_end (args);
  run.words = g_strv_builder_end (builder);
  thread = g_thread_new ("limberctl", run_thread, &run);
  g_assert_true (test_wait (has_result, &run));
  g_thread_join (thread);
  g_strfreev (run.words);
  return run.result;
}

static void
test_reads (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) list = run_beside ("--store", fixture->central, "list", "site", "--json", NULL);

  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpuint (json_array_size (list->json), ==, 6);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) put = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", "--json", NULL);
  g_autoptr (CtlResult) enrol = run_beside ("--store", fixture->central, "enrol", "--class", "desk", "--site", "LMB01", "--name", "Front", "--json", NULL);
  g_autoptr (CtlResult) refused = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "born=never", "--as", "S0001", "--json", NULL);
  g_autoptr (CtlResult) text = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "born=never", "--as", "S0001", NULL);
  g_autoptr (LimberRecord) record = NULL;
  LimberId id;

  g_assert_cmpint (put->status, ==, 0);
  g_assert_true (limber_id_parse (&id, ctl_string (put->json, "id")));
  record = test_store_get (fixture->store, "patient", &id);
  g_assert_cmpstr (limber_record_text (record, "title"), ==, "Dr");
  g_assert_cmpint (enrol->status, ==, 0);
  g_assert_nonnull (ctl_string (enrol->json, "code"));
  g_assert_cmpint (refused->status, ==, 1);
  g_assert_cmpstr (ctl_string (refused->json, "error"), ==, "refused");
  g_assert_cmpint (text->status, ==, 1);
  g_assert_nonnull (strstr (text->err, "born"));
  g_assert_cmpstr (text->out, ==, "");
}

/* Its files are done when the answer comes. */
static void
test_erase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) put = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "email=canary@example.org", "--as", "S0001", NULL);
  g_autoptr (CtlResult) erase = run_beside ("--store", fixture->central, "erase", "patient", "P0000001", "email", "--reason", "asked for", "--as", "S0011", "--json", NULL);
  g_autofree char *path = g_build_filename (fixture->central, "second", "journal", NULL), *second = NULL;

  g_assert_cmpint (put->status, ==, 0);
  g_assert_cmpint (erase->status, ==, 0);
  g_assert_true (json_is_true (json_object_get (erase->json, "finished")));
  g_assert_true (g_file_get_contents (path, &second, NULL, NULL));
  g_assert_null (strstr (second, "canary"));
}

/* A relative path means what it means where limberctl was called. */
static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *county = ctl_county (), *parent = g_path_get_dirname (county);
  g_autoptr (CtlResult) again = NULL;

  ctl_folder = parent;
  again = run_beside ("--store", fixture->central, "import", "county", NULL);
  ctl_folder = NULL;
  g_assert_cmpint (again->status, ==, 0);
  g_assert_nonnull (strstr (again->out, "300 as before"));
  g_assert_nonnull (strstr (again->err, "patients.csv"));
}

/* The owner writes and reads where limberctl was called, too. */
static void
test_import_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lists = ctl_path (fixture->dir, "lists"), *file = ctl_path (lists, "patients.csv"), *refused = ctl_path (fixture->dir, "wrong/patients.csv"), *text = NULL;
  g_autoptr (CtlResult) result = NULL;

  g_assert_cmpint (g_mkdir (lists, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "id,family,given,born\nQ1,Ng,Ann,never\n", -1, NULL));
  ctl_folder = fixture->dir;
  result = run_beside ("--store", fixture->central, "import", "lists", "--refused", "wrong", NULL);
  ctl_folder = NULL;
  g_assert_cmpint (result->status, ==, 0);
  g_assert_nonnull (strstr (result->out, "1 refused"));
  g_assert_true (g_file_get_contents (refused, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Q1,Ng,Ann,never,2,born: "));
}

static void
test_restore_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = ctl_path (fixture->dir, "copy.db");
  g_autoptr (CtlResult) backup = run_beside ("--store", fixture->central, "backup", file, NULL), restore = run_beside ("--store", fixture->central, "restore", file, "--json", NULL);

  g_assert_cmpint (backup->status, ==, 0);
  g_assert_cmpint (restore->status, ==, 5);
  g_assert_cmpstr (ctl_string (restore->json, "error"), ==, "busy");
}

static void
test_socket_is_private (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ctl_path (fixture->central, "control");
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  disown (fixture);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_stale_socket (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = ctl_path (fixture->central, "control");
  g_autoptr (CtlResult) alone = NULL, beside = NULL;

  disown (fixture);
  g_assert_true (g_file_set_contents (path, "left by a dead owner", -1, NULL));
  alone = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  g_assert_cmpint (alone->status, ==, 0);
  own (fixture);
  beside = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "title=Mr", "--as", "S0001", NULL);
  g_assert_cmpint (beside->status, ==, 0);
}

/* An owner that does not listen: the store is busy, and is said to be. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CtlResult) put = NULL, list = NULL;

  limber_control_stop (fixture->control);
  put = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", "--json", NULL);
  g_assert_cmpint (put->status, ==, 5);
  g_assert_cmpstr (ctl_string (put->json, "error"), ==, "busy");
  list = run_beside ("--store", fixture->central, "list", "site", "--json", NULL);
  g_assert_cmpint (list->status, ==, 0);
}

static void
test_long_path (void)
{
  Fixture fixture = { NULL };
  g_autofree char *name = g_strnfill (90, 'x'), *county = NULL;
  g_autoptr (CtlResult) put = NULL;

  fixture.dir = ctl_new_county ();
  county = ctl_path (fixture.dir, "central");
  fixture.central = ctl_path (fixture.dir, name);
  g_assert_cmpint (g_rename (county, fixture.central), ==, 0);
  fixture.env = limber_env_new_system ();
  own (&fixture);
  put = run_beside ("--store", fixture.central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  g_assert_cmpint (put->status, ==, 0);
  tear_down (&fixture, NULL);
}

typedef struct {
  GSocketAddress *address;
  char           *sent;
  char           *answer;
} Talk;

static gpointer
talk_thread (gpointer data)
{
  Talk *talk = data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (talk->address), NULL, NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  char piece[512];
  gssize n;

  g_assert_nonnull (connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), talk->sent, strlen (talk->sent), NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), piece, sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (answer, piece, n);
  talk->answer = g_string_free (g_steal_pointer (&answer), FALSE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
has_answer (gpointer data)
{
  return g_atomic_pointer_get (&((Talk *) data)->answer) != NULL;
}

/* Whatever is sent, the owner answers or hangs up, and goes on. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  g_autofree char *much = g_strnfill (LIMBER_CONTROL_REQUEST_MAXIMUM + 10, 'x');
  const char *const nonsense[] = { "\n", "{}\n", "[1,2\n", "{\"argv\":[]}\n", "{\"argv\":[\"--help\"]}\n", "{\"argv\":[\"init\"]}\n", "{\"argv\":[\"demo\",\"/x\"]}\n", "{\"argv\":[\"list\",7]}\n", much };
  g_autoptr (CtlResult) after = NULL;
  int folder;

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    Talk talk = { limber_control_address (fixture->central, &folder), (char *) nonsense[i], NULL };
    GThread *thread = g_thread_new ("talk", talk_thread, &talk);

    g_assert_true (test_wait (has_answer, &talk));
    g_thread_join (thread);
    g_assert_true (strstr (talk.answer, "\"exit\":0") == NULL);
    g_object_unref (talk.address);
    g_free (talk.answer);
  }
  after = run_beside ("--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  g_assert_cmpint (after->status, ==, 0);
}

#define ADD(path, func) g_test_add ("/ctl/control/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reads-go-beside-the-owner", test_reads);
  ADD ("changes-are-carried-out-by-the-owner", test_changes);
  ADD ("the-owner-erases-and-frees-its-files", test_erase);
  ADD ("a-long-command-says-how-far-it-is", test_import);
  ADD ("refused-lines-are-written-where-they-were-asked-for", test_import_refused);
  ADD ("a-store-in-use-is-not-replaced", test_restore_is_refused);
  ADD ("the-socket-is-for-its-user-alone", test_socket_is_private);
  ADD ("a-dead-owners-socket-is-no-obstacle", test_stale_socket);
  ADD ("an-owner-that-does-not-listen-leaves-the-store-busy", test_busy);
  ADD ("nonsense-is-answered-and-survived", test_nonsense);
  g_test_add_func ("/ctl/control/a-long-path-is-no-obstacle", test_long_path);
  return g_test_run ();
}
