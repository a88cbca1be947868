#include "limber-sim-central.h"

#include "limber-erasure-plan.h"
#include "limber-json.h"
#include "limber-quarantine.h"
#include "limber-sim-erased.h"
#include "limber-sim-work.h"
#include "limber-test.h"

static LimberErasurePlan *
make_plan (LimberReader *reader, SimRandom *random, const LimberRecord *record, GError **error)
{
  static const char *const patient_fields[] = { "mobile", "phone", "email", "title", "address" };
  gboolean person = g_str_equal (record->kind->name, "patient");
  const char *fields[] = { patient_fields[sim_random_below (random, G_N_ELEMENTS (patient_fields))], NULL };
  gboolean whole = person && sim_random_chance (random, 0.2);

  return limber_erasure_plan_new (reader, record->kind, &record->id, person && !whole && sim_random_chance (random, 0.7) ? fields : NULL, whole, error);
}

static gboolean
erase (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const kinds[] = { "patient", "patient", "patient", "appointment", "task" };
  SimAct *what = data;
  g_autoptr (LimberRecord) record = sim_work_pick_record (transaction, what->random, kinds[sim_random_below (what->random, G_N_ELEMENTS (kinds))]);
  g_autoptr (LimberErasurePlan) plan = record != NULL ? make_plan (limber_transaction_reader (transaction), what->random, record, error) : NULL;

  return record == NULL || (plan != NULL && limber_erasure_plan_carry_out (transaction, plan, "asked for", test_author_of (transaction), error));
}

/* When it is said to be done, it is out of central's files too. */
void
sim_central_erase (SimWorld *world, SimRandom *random)
{
  SimAct what = { world, random };

  if (sim_world_write (world, world->central, "erases", erase, &what))
    sim_erased_check (world->ledger, world->central, FALSE, world->problems);
}

static gboolean
decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (json_t) list = limber_quarantine_json (limber_transaction_reader (transaction), error);
  LimberEntryId id;

  if (list == NULL || json_array_size (list) == 0)
    return list != NULL;
  if (!limber_id_parse (&id, limber_json_string (json_array_get (list, sim_random_below (what->random, (guint) json_array_size (list))), "id")))
    return FALSE;
  return limber_quarantine_decide (transaction, &id, sim_random_chance (what->random, 0.5) ? LIMBER_DECISION_APPROVE : LIMBER_DECISION_DECLINE, test_author_of (transaction), error);
}

void
sim_central_review (SimWorld *world, SimRandom *random)
{
  SimAct what = { world, random };

  sim_world_write (world, world->central, "decides about what waits", decide, &what);
}
