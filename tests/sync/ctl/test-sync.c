/* join and sync against a central that runs, and what becomes of them when it does not. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-test.h"

typedef struct {
  char        *dir;
  char        *central;
  char        *desk;
  char        *url;
  GSubprocess *node;
} Fixture;

static GSubprocess *
launch_node (const char *store, const char *now, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *node;

  if (now != NULL)
    g_subprocess_launcher_setenv (launcher, "LIMBER_NOW", now, TRUE);
  node = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("LIMBER_NODE"), "--store", store, "--listen-insecure", "127.0.0.1:0", NULL);
  g_assert_no_error (error);
  return node;
}

/* What it says once it listens. */
static char *
read_url (GSubprocess *node)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (node));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

  g_assert_nonnull (line);
  g_assert_nonnull (strstr (line, "http://127.0.0.1:"));
  return g_strdup (strstr (line, "http://127.0.0.1:"));
}

/* Starts a limber-node; it says its address in @url once it listens. */
static GSubprocess *
start_node (const char *store, const char *now, char **url)
{
  GSubprocess *node = launch_node (store, now, G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  *url = read_url (node);
  return node;
}

static void
stop_node (Fixture *fixture)
{
  g_subprocess_send_signal (fixture->node, SIGTERM);
  g_assert_true (g_subprocess_wait (fixture->node, NULL, NULL));
  g_clear_object (&fixture->node);
  g_clear_pointer (&fixture->url, g_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = ctl_new_county ();
  fixture->central = ctl_path (fixture->dir, "central");
  fixture->desk = ctl_path (fixture->dir, "desk");
  fixture->node = start_node (fixture->central, NULL, &fixture->url);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->node != NULL)
    stop_node (fixture);
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->central);
  g_free (fixture->desk);
}

static char *
new_code (Fixture *fixture, const char *klass)
{
  g_autoptr (json_t) answer = ctl_json (0, "--store", fixture->central, "enrol", "--class", klass, "--site", "LMB01", "--name", "Front desk", NULL);

  return g_strdup (ctl_string (answer, "code"));
}

static void
join_desk (Fixture *fixture)
{
  g_autofree char *code = new_code (fixture, "desk");

  ctl_assert (0, "--store", fixture->desk, "join", fixture->url, code, NULL);
}

static void
test_joined (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) synced = NULL, status = NULL, people = NULL, at_central = NULL, up = NULL;
  const char *id;

  join_desk (fixture);
  synced = ctl_json (0, "--store", fixture->desk, "sync", NULL);
  g_assert_cmpstr (ctl_string (synced, "state"), ==, "up-to-date");
  status = ctl_json (0, "--store", fixture->desk, "status", NULL);
  g_assert_cmpstr (ctl_string (status, "class"), ==, "desk");
  g_assert_cmpstr (ctl_string (status, "site"), ==, "LMB01");
  g_assert_cmpstr (ctl_string (status, "peer"), ==, "central");
  g_assert_nonnull (ctl_string (status, "last_sync"));
  people = ctl_json (0, "--store", fixture->desk, "list", "patient", NULL);
  g_assert_cmpuint (json_array_size (people), >, 20);
  g_assert_cmpuint (json_array_size (people), <, 300);
  id = ctl_string (json_array_get (people, 0), "id");
  ctl_assert (0, "--store", fixture->desk, "put", "patient", id, "title=Dr", "--as", "S0001", NULL);
  json_decref (status);
  status = ctl_json (0, "--store", fixture->desk, "status", NULL);
  g_assert_cmpint (limber_json_integer (status, "pending", -1), ==, 1);
  up = ctl_json (0, "--store", fixture->desk, "sync", NULL);
  g_assert_cmpint (limber_json_integer (up, "pending", -1), ==, 0);
  at_central = ctl_json (0, "--store", fixture->central, "get", "patient", id, NULL);
  g_assert_cmpstr (ctl_string (at_central, "title"), ==, "Dr");
}

static void
test_codes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = new_code (fixture, "desk"), *second = ctl_path (fixture->dir, "second"), *wrong = g_strdup (code);
  g_autoptr (json_t) used = NULL, mistyped = NULL;

  wrong[0] = wrong[0] == 'A' ? 'B' : 'A';
  mistyped = ctl_json (1, "--store", second, "join", fixture->url, wrong, NULL);
  g_assert_nonnull (ctl_string (mistyped, "message"));
  ctl_assert (1, "--store", second, "join", fixture->url, "not-a-code", NULL);
  ctl_assert (0, "--store", fixture->desk, "join", fixture->url, code, NULL);
  used = ctl_json (1, "--store", second, "join", fixture->url, code, NULL);
  g_assert_cmpstr (ctl_string (used, "error"), ==, "unauthorised");
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  ctl_assert (1, "--store", fixture->desk, "join", fixture->url, code, NULL);
  ctl_assert (2, "--store", second, "join", "http://example.org:80", code, NULL);
  ctl_assert (2, "--store", second, "join", fixture->url, NULL);
}

static void
test_code_says_where (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) more = NULL, none = ctl_json (0, "--store", fixture->central, "address", NULL), address = NULL;
  g_autofree char *plain = new_code (fixture, "desk"), *code = NULL, *located = NULL, *second = ctl_path (fixture->dir, "second");

  g_assert_null (strchr (plain, '@'));
  more = ctl_json (1, "--store", fixture->desk, "join", plain, NULL);
  g_assert_nonnull (strstr (ctl_string (more, "message"), "address"));
  located = g_strconcat (plain, " @ ", fixture->url, NULL);
  ctl_assert (0, "--store", second, "join", located, NULL);
  g_assert_null (ctl_string (none, "address"));
  ctl_assert (2, "--store", fixture->central, "address", "http://example.org", NULL);
  ctl_assert (1, "--store", second, "address", fixture->url, NULL);
  address = ctl_json (0, "--store", fixture->central, "address", fixture->url, NULL);
  g_assert_cmpstr (ctl_string (address, "address"), ==, fixture->url);
  code = new_code (fixture, "desk");
  g_assert_true (g_str_has_suffix (code, fixture->url));
  ctl_assert (0, "--store", fixture->desk, "join", code, NULL);
}

/* How many codes were ever made. */
static gint64
count_codes (Fixture *fixture)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autoptr (LimberStore) store = limber_store_open (fixture->central, LIMBER_STORE_READ, env, NULL);
  gint64 count = test_store_count (store, "SELECT count(*) FROM enrolment");

  limber_store_close (store);
  return count;
}

static json_t *
enrol_list (Fixture *fixture, int status, const char *text)
{
  g_autofree char *file = ctl_path (fixture->dir, "devices.csv");

  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  return ctl_json (status, "--store", fixture->central, "enrol-list", file, "--expires", "30d", NULL);
}

static void
test_list_of_codes (Fixture *fixture, gconstpointer data)
{
  static const char list[] = "site,class,name,remarks\r\nLMB01,desk,\"Front, left\",\r\nLMB02,kiosk,Door,new\r\n,office,Navigator,\r\n";
  static const char *const wrong[] = { "class,name\ndesk,Front\n", "class,site,name\ndesk,LMB01,Front\ndesk,LMB99,Back\n", "class,site,name\ndesk,LMB01,Front\nteapot,LMB01,Back\n",
                                       "class,site,name\ndesk,LMB01,Front\ndesk,LMB01,\n", "site,name\nLMB01,Front\n", "" };
  g_autoptr (json_t) codes = enrol_list (fixture, 0, list);
  gint64 made = count_codes (fixture);

  g_assert_cmpuint (json_array_size (codes), ==, 3);
  g_assert_cmpint (made, ==, 3);
  g_assert_cmpstr (ctl_string (json_array_get (codes, 0), "name"), ==, "Front, left");
  ctl_assert (0, "--store", fixture->desk, "join", fixture->url, ctl_string (json_array_get (codes, 0), "code"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (json_t) answer = enrol_list (fixture, i == 1 ? 3 : i == 0 ? 1 : i == 5 ? 3 : 2, wrong[i]);

    g_assert_nonnull (ctl_string (answer, "message"));
    if (i >= 1 && i <= 3)
      g_assert_true (g_str_has_prefix (ctl_string (answer, "message"), "Line 3: "));
  }
  g_assert_cmpint (count_codes (fixture), ==, made);
}

/* A machine that was given its code in a file, as many are for the sites of a county. */
static void
test_code_in_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = new_code (fixture, "desk"), *lines = g_strconcat (code, "\r\n# for Harrow\n", NULL), *file = ctl_path (fixture->dir, "code"), *binary = ctl_path (fixture->dir, "binary");
  g_autofree char *blanks = g_strnfill (64 * 1024, ' '), *long_one = g_strconcat (code, "\n", blanks, NULL), *longer = ctl_path (fixture->dir, "longer");

  g_assert_true (g_file_set_contents (file, lines, -1, NULL));
  g_assert_true (g_file_set_contents (binary, "\xff\xfe", 2, NULL));
  g_assert_true (g_file_set_contents (longer, long_one, -1, NULL));
  ctl_assert (3, "--store", fixture->desk, "join", fixture->url, "--from", "/nowhere", NULL);
  ctl_assert (1, "--store", fixture->desk, "join", fixture->url, "--from", binary, NULL);
  ctl_assert (1, "--store", fixture->desk, "join", fixture->url, "--from", longer, NULL);
  ctl_assert (1, "--store", fixture->desk, "join", fixture->url, "--from", "/dev/zero", NULL);
  ctl_assert (1, "--store", fixture->desk, "join", fixture->url, "--from", fixture->dir, NULL);
  ctl_assert (2, "--store", fixture->desk, "join", fixture->url, code, "--from", file, NULL);
  ctl_assert (2, "--store", fixture->desk, "join", NULL);
  ctl_assert (0, "--store", fixture->desk, "join", fixture->url, "--from", file, NULL);
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = new_code (fixture, "desk");
  g_autoptr (json_t) late = NULL;

  stop_node (fixture);
  fixture->node = start_node (fixture->central, "2099-01-01T00:00:00Z", &fixture->url);
  late = ctl_json (1, "--store", fixture->desk, "join", fixture->url, code, NULL);
  g_assert_cmpstr (ctl_string (late, "error"), ==, "unauthorised");
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = new_code (fixture, "desk"), *other = ctl_path (fixture->dir, "other"), *url = g_strdup (fixture->url), *store = NULL;
  g_autoptr (json_t) join = NULL, sync = NULL, status = NULL;

  join_desk (fixture);
  stop_node (fixture);
  sync = ctl_json (6, "--store", fixture->desk, "sync", NULL);
  g_assert_cmpstr (ctl_string (sync, "error"), ==, "unreachable");
  status = ctl_json (0, "--store", fixture->desk, "status", NULL);
  g_assert_true (json_is_null (json_object_get (status, "peer")));
  g_assert_nonnull (ctl_string (status, "last_sync"));
  join = ctl_json (6, "--store", other, "join", url, code, NULL);
  g_assert_cmpstr (ctl_string (join, "error"), ==, "unreachable");
  /* no store; but the key with which it asked, in case the node heard it: the code is good for another try there */
  store = g_build_filename (other, "store.db", NULL);
  g_assert_false (g_file_test (store, G_FILE_TEST_EXISTS));
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) refused = NULL;

  join_desk (fixture);
  ctl_assert (0, "--store", fixture->desk, "sync", NULL);
  ctl_assert (0, "--store", fixture->central, "revoke", "Front desk", NULL);
  refused = ctl_json (1, "--store", fixture->desk, "sync", NULL);
  g_assert_cmpstr (ctl_string (refused, "error"), ==, "unauthorised");
}

/* What a device wrote and pushed after it was shut out may be all that there is of it: a person decides. */
static void
test_review (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) people = NULL, waiting = NULL, refused = NULL, decided = NULL, status = NULL, person = NULL;
  const char *id, *entry;

  join_desk (fixture);
  ctl_assert (0, "--store", fixture->desk, "sync", NULL);
  people = ctl_json (0, "--store", fixture->desk, "list", "patient", NULL);
  id = ctl_string (json_array_get (people, 0), "id");
  ctl_assert (0, "--store", fixture->desk, "put", "patient", id, "title=Dame", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "revoke", "Front desk", NULL);
  ctl_assert (1, "--store", fixture->desk, "sync", NULL);
  waiting = ctl_json (0, "--store", fixture->central, "quarantine", NULL);
  g_assert_cmpuint (json_array_size (waiting), ==, 1);
  g_assert_cmpstr (ctl_string (json_array_get (waiting, 0), "reason"), ==, "revoked device");
  entry = ctl_string (json_array_get (waiting, 0), "id");
  ctl_assert (2, "--store", fixture->central, "review", entry, "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "review", entry, "--approve", "--decline", "--as", "S0001", NULL);
  ctl_assert (2, "--store", fixture->central, "review", entry, "--approve", NULL);
  decided = ctl_json (0, "--store", fixture->central, "review", entry, "--approve", "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (decided, "decision"), ==, "approved");
  refused = ctl_json (3, "--store", fixture->central, "review", entry, "--decline", "--as", "S0001", NULL);
  g_assert_cmpstr (ctl_string (refused, "error"), ==, "not-found");
  status = ctl_json (0, "--store", fixture->central, "status", NULL);
  g_assert_cmpint (limber_json_integer (status, "quarantined", -1), ==, 0);
  person = ctl_json (0, "--store", fixture->central, "get", "patient", id, NULL);
  g_assert_cmpstr (ctl_string (person, "title"), ==, "Dame");
}

static void
test_nothing_to_sync_with (Fixture *fixture, gconstpointer data)
{
  g_autofree char *alone = ctl_path (fixture->dir, "alone");

  ctl_assert (1, "--store", fixture->central, "sync", NULL);
  ctl_assert (0, "--store", alone, "init", "--class", "central", "--name", "Other", NULL);
  ctl_assert (1, "--store", alone, "sync", NULL);
}

/* Reads what the watcher prints until one line has @words. */
static void
wait_for (GDataInputStream *lines, const char *words)
{
  for (;;) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    g_assert_nonnull (line);
    if (strstr (line, words) != NULL)
      return;
  }
}

/* A watcher owns its store, serves it, and ends when it is told to. */
static void
test_watch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) watcher = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (json_t) people = NULL, central = NULL, synced = NULL;
  const char *id;

  join_desk (fixture);
  watcher = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, g_getenv ("LIMBERCTL"), "--store", fixture->desk, "--json", "sync", "--watch", NULL);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (watcher));
  wait_for (lines, "\"up-to-date\"");
  people = ctl_json (0, "--store", fixture->desk, "list", "patient", NULL);
  id = ctl_string (json_array_get (people, 0), "id");
  ctl_assert (0, "--store", fixture->desk, "put", "patient", id, "title=Dr", "--as", "S0001", NULL);
  synced = ctl_json (0, "--store", fixture->desk, "sync", NULL);
  g_assert_cmpstr (ctl_string (synced, "peer"), ==, "central");
  central = ctl_json (0, "--store", fixture->central, "get", "patient", id, NULL);
  g_assert_cmpstr (ctl_string (central, "title"), ==, "Dr");
  stop_node (fixture);
  wait_for (lines, "\"offline\"");
  ctl_assert (6, "--store", fixture->desk, "sync", NULL);
  g_subprocess_send_signal (watcher, SIGINT);
  g_assert_true (g_subprocess_wait (watcher, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (watcher), ==, 0);
}

/* A node that takes the call and says nothing: a signal ends the waiting. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketListener) mute = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketConnection) caller = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  join_desk (fixture);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_ascii_strtoull (strrchr (fixture->url, ':') + 1, NULL, 10));
  stop_node (fixture);
  g_socket_listener_add_address (mute, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, &error);
  g_assert_no_error (error);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, g_getenv ("LIMBERCTL"), "--store", fixture->desk, "sync", NULL);
  caller = g_socket_listener_accept (mute, NULL, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

/* Nobody stops central to enrol a device, import a list or copy the store. */
static void
test_central_serves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *county = ctl_county (), *copy = ctl_path (fixture->dir, "copy.db");
  g_autoptr (json_t) report = ctl_json (0, "--store", fixture->central, "import", county, NULL);

  g_assert_cmpint (limber_json_integer (json_array_get (json_object_get (report, "lists"), 3), "same", 0), ==, 300);
  ctl_assert (0, "--store", fixture->central, "backup", copy, NULL);
  ctl_assert (0, "--store", fixture->central, "put", "patient", "P0000001", "title=Dr", "--as", "S0001", NULL);
  ctl_assert (0, "--store", fixture->central, "verify", NULL);
}

static gboolean
node_waits (gpointer data)
{
  Fixture *fixture = data;

  return test_descriptors (g_subprocess_get_identifier (fixture->node), fixture->central, "lock") == 1;
}

static void
test_node_waits (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = ctl_path (fixture->central, "lock");
  int held;

  stop_node (fixture);
  held = g_open (lock, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (held, LOCK_EX | LOCK_NB), ==, 0);
  fixture->node = launch_node (fixture->central, NULL, G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_assert_true (test_wait (node_waits, fixture));
  close (held);
  fixture->url = read_url (fixture->node);
  join_desk (fixture);
}

static void
test_owner_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) second = launch_node (fixture->central, NULL, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *said = NULL, *owner = g_strdup_printf ("limber-node (process %s)", g_subprocess_get_identifier (fixture->node));
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (second, NULL, NULL, NULL, &said, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 5);
  g_assert_nonnull (strstr (said, owner));
}

#define ADD(path, func) g_test_add ("/ctl/sync/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LIMBER_NOW", "2026-11-23T09:00:00+00:00", TRUE);
  ADD ("a-list-of-devices-gets-its-codes", test_list_of_codes);
  ADD ("a-code-is-read-from-a-file", test_code_in_a_file);
  ADD ("a-code-says-where-its-node-is", test_code_says_where);
  ADD ("a-device-joins-and-both-ends-hold-the-same", test_joined);
  ADD ("a-code-is-used-once-and-must-be-right", test_codes);
  ADD ("an-expired-code-lets-nobody-in", test_expired);
  ADD ("a-node-that-does-not-answer-is-exit-6", test_unreachable);
  ADD ("a-revoked-device-is-refused", test_revoked);
  ADD ("what-a-revoked-device-wrote-is-approved-by-a-person", test_review);
  ADD ("central-has-nobody-to-sync-with", test_nothing_to_sync_with);
  ADD ("a-watcher-syncs-until-it-is-stopped", test_watch);
  ADD ("a-signal-ends-the-waiting-for-a-mute-node", test_interrupted);
  ADD ("a-node-waits-for-a-program-that-only-passes", test_node_waits);
  ADD ("a-node-whose-store-stays-taken-says-by-whom", test_owner_named);
  ADD ("central-goes-on-while-it-is-administered", test_central_serves);
  return g_test_run ();
}
