#include "sample-lists.h"

#include <string.h>

#include "limber-aside.h"
#include "limber-json.h"
#include "limber-screens.h"
#include "limber-test.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define PLACE "Back office, Alexandra Avenue Clinic"

static gboolean
apply (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_apply (transaction, data, error);
}

/* A record as a node sends it. NULL-ended: fields and their values as people write them. */
static void
receive (LimberStore *store, const char *kind, const LimberId *id, ...)
{
  g_autoptr (LimberRecord) record = limber_record_new (limber_kind_by_name (kind), id);
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, id);
  for (const char *field = va_arg (args, const char *); field != NULL; field = va_arg (args, const char *)) {
    int i = limber_kind_field (record->kind, field);
    const char *text = va_arg (args, const char *);

    g_assert_true (limber_field_parse (&record->kind->fields[i], text, &record->values[i], &error));
    record->stamps[i] = (LimberStamp){ .rank = 1, .time = LIMBER_HYBRID (TEST_NOW), .entry = *id };
  }
  va_end (args);
  limber_store_write (store, apply, record, &error);
  g_assert_no_error (error);
}

/**
 * sample_answer_id:
 * @key: of the entry that lost
 *
 * Returns: (transfer full): of the conflict, as central makes it
 */
char *
sample_answer_id (const char *key, const char *person, const char *field)
{
  g_autofree char *entry = sample_id_text (key);
  LimberId record, id;

  sample_id (&record, person);
  limber_id_init_beside (&id, &record, "conflict", field, entry, NULL);
  return limber_id_dup_text (&id);
}

/**
 * sample_answer:
 * @person: of whom two people said something else
 * @lost: the value that lost, as JSON
 * @settled_by: (nullable): a member of staff who has decided
 */
void
sample_answer (LimberStore *store, const char *key, const char *person, const char *field, const char *lost, const char *settled_by)
{
  g_autofree char *patient = sample_id_text (person), *priya = sample_id_text ("priya"), *rachel = sample_id_text ("rachel"), *by = settled_by != NULL ? sample_id_text (settled_by) : NULL;
  g_autofree char *text = sample_answer_id (key, person, field), *entry = sample_id_text (key);
  LimberId id;

  g_assert_true (limber_id_parse (&id, text));
  receive (store, "conflict", &id, "kind", "patient", "record", patient, "field", field, "entry", entry, "patient", patient, "value", lost, "author", rachel, "made", "2026-11-23T08:52:00Z", "place", PLACE,
           "over_author", by != NULL ? by : priya, "over_made", "2026-11-23T09:12:00Z", "over_place", "Front desk, Alexandra Avenue Clinic", "state", by != NULL ? "settled" : "open", NULL);
}

/* What another computer had written about somebody, and @reason why central does not believe it. */
void
sample_aside (LimberStore *store, const char *person, const char *reason)
{
  g_autofree char *patient = sample_id_text (person), *priya = sample_id_text ("priya"), *dir = test_dir_new (), *entry = NULL;
  g_autoptr (LimberEnv) env = limber_env_ref (limber_store_env (store));
  LimberStore *lost = test_store_new (dir, env, LIMBER_CLASS_DESK, NULL);
  g_autoptr (GPtrArray) lines = NULL;
  const char *line;
  LimberEntry parsed;
  LimberId id;

  sample_id (&id, person);
  test_store_put (lost, "patient", &id, "family", "Smith", "given", "Ann", "born", "1944-04-04", NULL);
  test_store_put (lost, "patient", &id, "mobile", "07700 900777", "address", "3 New Lane\nHarrow", NULL);
  lines = test_store_lines (lost);
  line = g_ptr_array_index (lines, lines->len - 1);
  g_assert_true (limber_entry_parse_line (&parsed, line, strlen (line), NULL));
  entry = limber_id_dup_text (&parsed.id);
  limber_aside_id (&parsed.id, &id);
  receive (store, "aside", &id, "entry", entry, "kind", "patient", "record", patient, "patient", patient, "place", "Laptop 3", "author", priya, "made", "2026-11-22T16:40:00Z", "kept",
           "2026-11-23T08:10:00Z", "reason", reason, "line", line, NULL);
  limber_store_close (lost);
  g_object_unref (lost);
  test_dir_remove (dir);
}

static gboolean
keep (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_screens_keep (transaction, data, error) && limber_transaction_set_meta (transaction, "peer", "hub", error);
}

static json_t *
screen (const char *key, const char *name, const char *klass, gboolean here, gint64 seen)
{
  g_autofree char *id = sample_id_text (key);

  return json_pack ("{s:s, s:s, s:s, s:s, s:b, s:b, s:I, s:I, s:I, s:I}", "device", id, "name", name, "class", klass, "by", "Back room", "here", here, "met_here", 1, "seen", (json_int_t) seen, "unsent",
                    (json_int_t) 0, "free", (json_int_t) 90000000000, "offset", (json_int_t) 0);
}

/* A kiosk that people get on with, one at which they do not, and a waiting-room screen that is off. */
void
sample_screens (LimberStore *store)
{
  g_autofree char *site = sample_id_text ("site"), *door = sample_id_text ("screen-door"), *lift = sample_id_text ("screen-lift");
  g_autoptr (json_t) screens = json_pack ("[o, o, o]", screen ("screen-door", "Front door", "kiosk", TRUE, TEST_NOW), screen ("screen-lift", "By the lift", "kiosk", TRUE, TEST_NOW),
                                          screen ("screen-wall", "Waiting room", "board", FALSE, TEST_NOW - 45 * MINUTE));
  LimberId id;

  g_assert_true (limber_store_write (store, keep, screens, NULL));
  sample_id (&id, "turnout-door");
  receive (store, "turnout", &id, "device", door, "site", site, "day", "2026-11-23", "matched", "14", "failed", "1", "sent", "2", "paused", "0", NULL);
  sample_id (&id, "turnout-door-before");
  receive (store, "turnout", &id, "device", door, "site", site, "day", "2026-11-20", "matched", "61", "failed", "4", "sent", "5", "paused", "0", NULL);
  sample_id (&id, "turnout-lift");
  receive (store, "turnout", &id, "device", lift, "site", site, "day", "2026-11-23", "matched", "8", "failed", "9", "sent", "1", "paused", "1", NULL);
}

void
sample_lists (LimberStore *store)
{
  g_autofree char *rachel = sample_id_text ("rachel"), *site = sample_id_text ("site"), *thomas = sample_id_text ("thomas");
  LimberId id;

  sample_guessing (store, 33);
  sample_id (&id, "details");
  test_store_put (store, "task", &id, "about", "details-changed", "patient", thomas, "site", site, "made", "2026-11-23T08:55:00Z", "status", "open", "taken_by", rachel, "taken", "2026-11-23T09:20:00Z", "note",
                  "Rang the old number, no answer. He comes at ten.", NULL);
  sample_pair (store);
  sample_answer (store, "answer-1", "thompson", "mobile", "\"07700 900456\"", NULL);
  sample_answer (store, "answer-2", "patel", "language", "\"ta\"", NULL);
  sample_answer (store, "answer-3", "thomas", "postcode", "\"HA2 0AA\"", "rachel");
  sample_aside (store, "long", "revoked device");
  sample_screens (store);
}
