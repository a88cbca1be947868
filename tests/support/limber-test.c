#include "limber-test.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

#include "limber-error.h"
#include "limber-journal.h"
#include "limber-json.h"
#include "limber-nhs-number.h"
#include "limber-quarantine.h"
#include "limber-transaction-private.h"
#include "limber-verify.h"

static gint64
clock_now (gpointer data)
{
  TestClock *clock = data;

  return clock->now + clock->set;
}

static gint64
clock_monotonic (gpointer data)
{
  return ((TestClock *) data)->now * 1000;
}

/* xorshift64*: the same seed gives the same numbers. */
static void
clock_random (gpointer data, guint8 *bytes, gsize length)
{
  static GMutex mutex;
  TestClock *clock = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  for (gsize i = 0; i < length; i++) {
    clock->seed ^= clock->seed >> 12;
    clock->seed ^= clock->seed << 25;
    clock->seed ^= clock->seed >> 27;
    bytes[i] = (guint8) ((clock->seed * G_GUINT64_CONSTANT (2685821657736338717)) >> 56);
  }
}

static GSource *
clock_timer (gpointer data, guint milliseconds)
{
  TestClock *clock = data;

  if (clock->pauses == NULL)
    return g_timeout_source_new (milliseconds);
  g_array_append_val (clock->pauses, milliseconds);
  return g_timeout_source_new (0);
}

/**
 * test_env_new:
 * @clock: (inout): what the time is; a seed of 0 is made 1, a time of 0 TEST_NOW
 */
LimberEnv *
test_env_new (TestClock *clock)
{
  static const LimberEnvClass klass = { clock_now, clock_monotonic, clock_random, NULL, clock_timer, FALSE };

  g_assert_cmpint (sodium_init (), >=, 0);
  clock->seed = clock->seed != 0 ? clock->seed : 1;
  clock->now = clock->now != 0 ? clock->now : TEST_NOW;
  return limber_env_new (&klass, clock, NULL);
}

char *
test_dir_new (void)
{
  char *dir = g_dir_make_tmp ("limber-test-XXXXXX", NULL);

  g_assert_nonnull (dir);
  return dir;
}

void
test_dir_remove (const char *dir)
{
  const char *name;
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      test_dir_remove (path);
    else
      g_unlink (path);
  }
  g_rmdir (dir);
}

/**
 * test_dir_has:
 *
 * Returns: whether any file in @dir has @text in its bytes; which one is said
 */
gboolean
test_dir_has (const char *dir, const char *text)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL), *bytes = NULL;
    gsize length;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      found |= test_dir_has (path, text);
    else if (g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL) {
      g_test_message ("“%s” is in %s", text, path);
      found = TRUE;
    }
  }
  return found;
}

/**
 * test_store_new:
 * @site: (nullable): its site
 *
 * Returns: (transfer full): a new store in @dir/NAME-OF-ITS-CLASS…, opened to own
 */
LimberStore *
test_store_new (const char *dir, LimberEnv *env, LimberClass klass, const LimberId *site)
{
  LimberIdentity identity = { .klass = klass };
  g_autoptr (GError) error = NULL;
  LimberStore *store;

  limber_id_init_new (&identity.device, env);
  test_id (&identity.organisation, "organisation");
  identity.has_site = site != NULL;
  if (site != NULL)
    identity.site = *site;
  crypto_sign_keypair (identity.public_key, identity.secret_key);
  g_assert_true (limber_store_create (dir, env, &identity, &error));
  g_assert_no_error (error);
  store = limber_store_open (dir, LIMBER_STORE_OWN, env, &error);
  g_assert_no_error (error);
  return store;
}

/**
 * test_author:
 * @klass: of a store
 *
 * Returns: who writes there what a test says: at central the test, at a public screen the public, elsewhere a manager of no site, whom central
 *   has to know (test_store_put_staff()) if it is to believe her
 */
const LimberAuthor *
test_author (LimberClass klass)
{
  static const LimberAuthor program = { "system:test", "test" }, patient = { "patient", "patient" }, manager = { "7e570000-0000-7000-8000-000000000001", "service-manager" };

  return klass == LIMBER_CLASS_CENTRAL ? &program : (klass & LIMBER_CLASS_PUBLIC) != 0 ? &patient : &manager;
}

/**
 * test_author_of:
 *
 * Returns: who writes in this store
 */
const LimberAuthor *
test_author_of (LimberTransaction *transaction)
{
  return test_author (limber_reader_class (limber_transaction_reader (transaction)));
}

/**
 * test_store_put_staff:
 * @store: central's
 *
 * Makes the one who writes elsewhere.
 */
void
test_store_put_staff (LimberStore *store)
{
  LimberId id;

  g_assert_true (limber_id_parse (&id, test_author (LIMBER_CLASS_DESK)->author));
  test_store_put (store, "staff", &id, "number", "T1", "family", "Test", "given", "Ada", "role", "service-manager", NULL);
}

typedef struct {
  const char     *kind;
  const LimberId *id;
  va_list         fields;
} Put;

static gboolean
put (LimberTransaction *transaction, gpointer data, GError **error)
{
  const LimberAuthor *author = test_author_of (transaction);
  Put *what = data;
  g_autoptr (LimberEdit) edit = limber_edit_new (what->kind, what->id);
  gboolean good = TRUE;
  va_list fields;

  va_copy (fields, what->fields); /* it may be tried again */
  for (const char *field = va_arg (fields, const char *); good && field != NULL; field = va_arg (fields, const char *))
    good = limber_edit_parse (edit, field, va_arg (fields, const char *), error);
  va_end (fields);
  return good && limber_transaction_edit (transaction, edit, author, error);
}

/**
 * test_store_put:
 * @...: pairs of a field and its text, ended by %NULL
 *
 * Writes one edit, which must be allowed.
 */
void
test_store_put (LimberStore *store, const char *kind, const LimberId *id, ...)
{
  Put what = { kind, id };
  g_autoptr (GError) error = NULL;

  va_start (what.fields, id);
  limber_store_write (store, put, &what, &error);
  va_end (what.fields);
  g_assert_no_error (error);
}

gboolean
test_store_try (LimberStore *store, GError **error, const char *kind, const LimberId *id, ...)
{
  Put what = { kind, id };
  gboolean result;

  va_start (what.fields, id);
  result = limber_store_write (store, put, &what, error);
  va_end (what.fields);
  return result;
}

typedef struct {
  const char     *kind;
  const LimberId *record, *patient;
  const char     *body;
} Append;

static gboolean
append (LimberTransaction *transaction, gpointer data, GError **error)
{
  const LimberAuthor *author = test_author_of (transaction);
  const Append *what = data;
  g_autoptr (GString) body = g_string_new (what->body), seen = g_string_new ("{}");
  LimberDraft draft = { what->kind, what->record, what->patient, LIMBER_RANK_PERSON, author, body, seen, 0 };

  return limber_transaction_write_entry (transaction, &draft, error);
}

/**
 * test_store_append:
 * @kind: any name
 * @patient: (nullable): whose record it is
 * @body: a body's bytes
 *
 * Writes an entry as a program of another version might: nothing of it is checked.
 */
void
test_store_append (LimberStore *store, const char *kind, const LimberId *record, const LimberId *patient, const char *body)
{
  Append what = { kind, record, patient, body };
  g_autoptr (GError) error = NULL;

  limber_store_write (store, append, &what, &error);
  g_assert_no_error (error);
}

static gboolean
tamper (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_database_run (transaction->reader.database, data, error);
}

/**
 * test_store_tamper:
 *
 * Somebody's hand in the file.
 */
void
test_store_tamper (LimberStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (store, tamper, (gpointer) sql, &error);
  g_assert_no_error (error);
}

typedef struct {
  const char     *kind;
  const LimberId *id;
  LimberRecord   *record;
} Get;

static gboolean
get (LimberReader *reader, gpointer data, GError **error)
{
  Get *what = data;

  what->record = limber_reader_get (reader, what->kind, what->id, NULL);
  return TRUE;
}

/**
 * test_store_get:
 *
 * Returns: (transfer full) (nullable): the record
 */
LimberRecord *
test_store_get (LimberStore *store, const char *kind, const LimberId *id)
{
  Get what = { kind, id, NULL };

  g_assert_true (limber_store_read (store, get, &what, NULL));
  return what.record;
}

static gboolean
collect_line (const LimberEntry *entry, gint64 key, LimberJournalState state, gpointer data)
{
  GString *line = g_string_new (NULL);

  limber_entry_append_line (entry, line);
  g_string_truncate (line, line->len - 1);
  g_ptr_array_add (data, g_string_free (line, FALSE));
  return TRUE;
}

static gboolean
collect_lines (LimberReader *reader, gpointer data, GError **error)
{
  return limber_journal_range (reader->database, 0, G_MAXINT64, collect_line, data, error);
}

/**
 * test_store_lines:
 *
 * Returns: (transfer full) (element-type utf8): its whole journal, a line an entry, as a push has them
 */
GPtrArray *
test_store_lines (LimberStore *store)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (limber_store_read (store, collect_lines, lines, NULL));
  return lines;
}

static gboolean
receive_lines (LimberTransaction *transaction, gpointer data, GError **error)
{
  GPtrArray *lines = data;

  for (guint i = 0; i < lines->len; i++) {
    LimberVerdict verdict;
    LimberEntry entry;
    g_autofree char *reason = NULL, *line = g_strdup (g_ptr_array_index (lines, i));

    if (!limber_entry_parse_line (&entry, line, strlen (line), error) || !limber_transaction_receive (transaction, &entry, NULL, &verdict, &reason, error))
      return FALSE;
    if (verdict == LIMBER_VERDICT_GAP) {
      g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, "It does not follow");
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * test_store_push:
 *
 * Hands every entry of @from to @to, as a push does, but without a wire.
 *
 * Returns: how many there were
 */
guint
test_store_push (LimberStore *from, LimberStore *to)
{
  g_autoptr (GPtrArray) lines = test_store_lines (from);
  g_autoptr (GError) error = NULL;

  limber_store_write (to, receive_lines, lines, &error);
  g_assert_no_error (error);
  return lines->len;
}

typedef struct {
  GPtrArray  *lines;
  const char *reason;
} Apart;

static gboolean
receive_apart (LimberTransaction *transaction, gpointer data, GError **error)
{
  Apart *apart = data;

  for (guint i = 0; i < apart->lines->len; i++) {
    const char *line = g_ptr_array_index (apart->lines, i);
    g_autofree char *reason = NULL;
    LimberVerdict verdict;
    LimberEntry entry;

    if (!limber_entry_parse_line (&entry, line, strlen (line), error) || !limber_transaction_receive (transaction, &entry, apart->reason, &verdict, &reason, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * test_store_hand_apart:
 * @reason: why @lines are to be kept apart
 */
void
test_store_hand_apart (LimberStore *store, GPtrArray *lines, const char *reason)
{
  g_assert_true (limber_store_write (store, receive_apart, &(Apart){ lines, reason }, NULL));
}

/**
 * test_store_take_state:
 * @data: a LimberWriterState
 *
 * A snapshot of a running machine goes on in the same epoch (SYNC.md rule 12): a copied store does when this is written
 * into the one that it was copied from, and test_store_put_state() into itself.
 */
gboolean
test_store_take_state (LimberTransaction *transaction, gpointer data, GError **error)
{
  *(LimberWriterState *) data = transaction->state;
  return TRUE;
}

gboolean
test_store_put_state (LimberTransaction *transaction, gpointer data, GError **error)
{
  gint64 change = transaction->state.change;

  transaction->state = *(LimberWriterState *) data;
  transaction->state.change = MAX (change, transaction->state.change);
  return TRUE;
}

typedef struct {
  const char *sql;
  gint64      result;
} Count;

static gboolean
read_count (LimberReader *reader, gpointer data, GError **error)
{
  Count *count = data;

  count->result = limber_database_integer (reader->database, -1, count->sql, "");
  return TRUE;
}

/**
 * test_store_count:
 * @sql: a query of one number
 */
gint64
test_store_count (LimberStore *store, const char *sql)
{
  Count count = { sql, 0 };

  g_assert_true (limber_store_read (store, read_count, &count, NULL));
  return count.result;
}

static gboolean
read_quarantine (LimberReader *reader, gpointer data, GError **error)
{
  *(json_t **) data = limber_quarantine_json (reader, error);
  return *(json_t **) data != NULL;
}

json_t *
test_store_quarantine (LimberStore *store)
{
  json_t *list = NULL;

  g_assert_true (limber_store_read (store, read_quarantine, &list, NULL));
  return list;
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  return limber_verify (reader, data, error);
}

/**
 * test_store_assert_sound:
 *
 * The chains are whole, and the records what the journal says; if not, what is wrong is printed.
 */
void
test_store_assert_sound (LimberStore *store)
{
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  if (!limber_store_read (store, verify, &report, &error)) {
    g_autofree char *problems = limber_json_dup (report);

    g_error ("%s: %s", error->message, problems);
  }
}

/**
 * test_id:
 * @id: (out): the id that @name always has
 */
void
test_id (LimberId *id, const char *name)
{
  limber_id_init_from_key (id, NULL, "test", name, NULL);
}

static gboolean
give_up (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Another process tells the loop nothing. */
static gboolean
look_again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * test_wait:
 *
 * Runs the main loop until @condition holds, for ten seconds at most.
 *
 * Returns: whether it came to hold
 */
gboolean
test_wait (gboolean (*condition) (gpointer data), gpointer data)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (10, give_up, &late), again = g_timeout_add (20, look_again, NULL);

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (again);
  if (!late)
    g_source_remove (timer);
  return !late;
}

/**
 * test_descriptors:
 * @process: its number, or "self"
 *
 * Returns: how many of its descriptors are on the file @name in @dir
 */
guint
test_descriptors (const char *process, const char *dir, const char *name)
{
  g_autofree char *file = g_build_filename (dir, name, NULL), *folder = g_build_filename ("/proc", process, "fd", NULL);
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  const char *number;
  guint found = 0;

  while (open != NULL && (number = g_dir_read_name (open)) != NULL) {
    g_autofree char *link = g_build_filename (folder, number, NULL), *target = g_file_read_link (link, NULL);

    found += g_strcmp0 (target, file) == 0 ? 1 : 0;
  }
  return found;
}

/**
 * test_nhs_number:
 * @n: which
 * @number: (out caller-allocates): a number of the 999 range that passes Modulus 11
 */
void
test_nhs_number (guint n, char number[11])
{
  for (guint i = n * 10; ; i++) {
    g_snprintf (number, 11, "999%07u", i);
    if (limber_nhs_number_is_valid (number))
      return;
  }
}
