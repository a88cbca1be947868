#include "limber-test-board.h"

#include "limber-transaction.h"


static gboolean
apply (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_apply (transaction, data, error);
}

static gboolean
drop (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_transaction_drop (transaction, limber_kind_by_name ("call"), data, error);
}

static void
write_record (TestBoard *board, LimberRecord *record)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (board->store, apply, record, &error);
  g_assert_no_error (error);
}

static LimberValue *
field (LimberRecord *record, const char *name)
{
  return &record->values[limber_kind_field (record->kind, name)];
}

/* Says as a node would that the record has that value since @at. */
static void
stamp (LimberRecord *record, const char *name, gint64 at)
{
  LimberStamp *its = &record->stamps[limber_kind_field (record->kind, name)];

  its->rank = LIMBER_RANK_PERSON;
  its->time = LIMBER_HYBRID (at);
  memset (its->entry.bytes, 7, sizeof its->entry.bytes);
}

void
test_board_set_up (TestBoard *board)
{
  board->env = test_env_new (&board->clock);
  board->dir = test_dir_new ();
  test_id (&board->site, "site");
  board->store = test_store_new (board->dir, board->env, LIMBER_CLASS_BOARD, &board->site);
  board->client = limber_client_new (board->store);
  test_board_site (board, "name", "Alexandra Avenue Clinic");
}

void
test_board_tear_down (TestBoard *board)
{
  g_clear_object (&board->client);
  limber_store_close (board->store);
  g_clear_object (&board->store);
  test_dir_remove (board->dir);
  g_free (board->dir);
  limber_env_unref (board->env);
}

/* Has the node say one thing more of the site. */
void
test_board_site (TestBoard *board, const char *name, const char *value)
{
  g_autoptr (LimberRecord) record = test_store_get (board->store, "site", &board->site);

  if (record == NULL)
    record = limber_record_new (limber_kind_by_name ("site"), &board->site);
  if (record->kind->fields[limber_kind_field (record->kind, name)].flags & LIMBER_FIELD_DERIVED)
    limber_value_set_text (field (record, name), value);
  else {
    g_assert_true (limber_field_parse (&record->kind->fields[limber_kind_field (record->kind, name)], value, field (record, name), NULL));
    stamp (record, name, board->clock.now);
  }
  write_record (board, record);
}

void
test_board_call (TestBoard *board, const char *id, TestCall call)
{
  gint64 at = board->clock.now - call.seconds * G_GINT64_CONSTANT (1000);
  g_autoptr (LimberRecord) record = NULL;
  LimberId own, visit, patient;

  test_id (&own, id);
  test_id (&visit, call.visit);
  test_id (&patient, "somebody");
  record = limber_record_new (limber_kind_by_name ("call"), &own);
  limber_value_set_id (field (record, "appointment"), &visit);
  limber_value_set_id (field (record, "patient"), &patient);
  limber_value_set_integer (field (record, "at"), at);
  stamp (record, "appointment", at);
  stamp (record, "patient", at);
  stamp (record, "at", at);
  limber_value_set_text (field (record, "shown"), call.shown);
  limber_value_set_integer (field (record, "numbered"), call.numbered);
  limber_value_set_integer (field (record, "gone_in"), call.gone_in);
  if (call.place != NULL)
    limber_value_set_text (field (record, "place_name"), call.place);
  write_record (board, record);
}

void
test_board_drop (TestBoard *board, const char *id)
{
  g_autoptr (GError) error = NULL;
  LimberId own;

  test_id (&own, id);
  limber_store_write (board->store, drop, &own, &error);
  g_assert_no_error (error);
}
