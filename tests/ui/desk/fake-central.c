#include "fake-central.h"

#include <string.h>

#include "limber-date.h"
#include "limber-transaction.h"
#include "sample.h"

static GObject *central;   /* (owned) */
static GTask   *under_way; /* (owned) (nullable): what was asked and has not been answered */
static json_t  *asked;     /* (owned) (nullable) */

static void
give_up (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = g_steal_pointer (&under_way);

  if (task != NULL)
    g_task_return_error_if_cancelled (task);
}

static void
ask (GObject *object, json_t *question, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_assert_null (under_way);
  json_decref (asked);
  asked = json_deep_copy (question);
  under_way = g_task_new (object, cancellable, callback, user_data);
  g_signal_connect (cancellable, "cancelled", G_CALLBACK (give_up), NULL);
}

static json_t *
finish (GObject *object, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fake_central_begin:
 *
 * From now on the desk asks this one.
 */
void
fake_central_begin (Desk *desk)
{
  central = g_object_new (G_TYPE_OBJECT, NULL);
  limber_window_set_asker (desk->window, &(LimberAsker){ central, ask, finish });
}

static gboolean
is_alone (gpointer data)
{
  return central->ref_count == 1;
}

/**
 * fake_central_end:
 *
 * Leaves the page, and makes sure that nobody holds on to what was asked.
 */
void
fake_central_end (Desk *desk)
{
  desk_act (desk, "desk.back");
  limber_window_set_asker (desk->window, &(LimberAsker){ NULL, ask, finish });
  g_assert_null (under_way);
  g_assert_true (test_wait (is_alone, desk));
  g_clear_pointer (&asked, json_decref);
  g_assert_finalize_object (g_steal_pointer (&central));
}

/**
 * fake_central_asked:
 *
 * Returns: (transfer none) (nullable): what is asked and not answered yet
 */
json_t *
fake_central_asked (void)
{
  return under_way != NULL ? asked : NULL;
}

/**
 * fake_central_answer:
 * @answer: (transfer full)
 */
void
fake_central_answer (json_t *answer)
{
  g_autoptr (GTask) task = g_steal_pointer (&under_way);

  g_task_return_pointer (task, answer, (GDestroyNotify) json_decref);
}

void
fake_central_refuse (LimberError code, const char *message)
{
  g_autoptr (GTask) task = g_steal_pointer (&under_way);

  g_task_return_new_error (task, LIMBER_ERROR, (int) code, "%s", message);
}

/**
 * fake_central_find:
 * @keys: who is found, by the names of people of the sample
 */
void
fake_central_find (const char *const *keys, guint n)
{
  static const struct { const char *given, *outward, *practice, *died; gboolean restricted; } people[] = {
    { "Ines Maud", "HA5", "The Elms Surgery", NULL, FALSE }, { "Ioana", "HA3", "Pinner Road Practice", NULL, TRUE }, { "Ivan", NULL, "The Elms Surgery", "2026-02-11", FALSE },
  };
  json_t *list = json_array ();

  for (guint i = 0; i < n; i++) {
    g_autofree char *id = sample_id_text (keys[i]);

    json_array_append_new (list, json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s*, s:s*, s:s*, s:b, s:b}", "id", id, "family", "O'Farrell-Wickes", "given", people[i % 3].given, "born", "1954-08-06", "nhs_end", "0018",
                                            "outward", people[i % 3].outward, "practice", people[i % 3].practice, "died", people[i % 3].died, "restricted", people[i % 3].restricted, "here", 0));
  }
  fake_central_answer (json_pack ("{s:s, s:s, s:o}", "inquiry", "0194d6a0-0000-7000-8000-000000000001", "result", n > 0 ? "found" : "none", "people", list));
}

static void
set_id (LimberRecord *record, const char *field, const char *key)
{
  LimberId id;
  int at = limber_kind_field (record->kind, field);

  sample_id (&id, key);
  limber_value_set_id (&record->values[at], &id);
}

/* As a pull brings it. */
static gboolean
apply_grant (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const ids[][2] = { { "site", "site" }, { "device", "grant's device" }, { "staff", "priya" }, { "inquiry", "grant's inquiry" } };
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  sample_id (&id, "grant");
  record = limber_record_new (limber_kind_by_name ("grant"), &id);
  set_id (record, "patient", data);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    set_id (record, ids[i][0], ids[i][1]);
  limber_date_of_time (limber_transaction_now (transaction), today);
  limber_value_set_text (&record->values[limber_kind_field (record->kind, "day")], today);
  limber_value_set_integer (&record->values[limber_kind_field (record->kind, "at")], limber_transaction_now (transaction));
  for (guint i = 0; i < record->kind->n_fields; i++)
    if (record->values[i].type != LIMBER_VALUE_NONE) {
      record->stamps[i].rank = LIMBER_RANK_PERSON;
      record->stamps[i].time = LIMBER_HYBRID (limber_transaction_now (transaction));
      memset (&record->stamps[i].entry, (int) i + 1, sizeof record->stamps[i].entry);
    }
  return limber_transaction_apply (transaction, record, error);
}

/**
 * fake_central_let_come:
 *
 * She is granted, and the next pull has brought her.
 */
void
fake_central_let_come (Desk *desk, const char *key)
{
  g_autoptr (GError) error = NULL;

  sample_visitor (desk->store, key);
  limber_store_write (desk->store, apply_grant, (gpointer) key, &error);
  g_assert_no_error (error);
}
