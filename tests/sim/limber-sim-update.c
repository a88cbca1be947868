/* A program is never put back to an older one: its store would not be opened. */
#include "limber-sim-update.h"

#include "limber-sim-work.h"
#include "limber-test.h"

#define STAFF_PLACES (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE | LIMBER_CLASS_NODES)

static void
update (SimWorld *world, SimPlace *place)
{
  if (place->kinds == sim_version_newer () || place->store == NULL || place->crashed)
    return;
  sim_loop_note (world->loop, "%s gets the newer program", place->name);
  sim_place_close (place);
  place->kinds = sim_version_newer ();
  place->has_form = FALSE;
  sim_place_open (place);
}

/**
 * sim_update_draw:
 *
 * In half of the seeds some have the newer program from the start.
 */
void
sim_update_draw (SimWorld *world)
{
  static const double chances[] = { 0.15, 0.4, 0.8 };
  SimRandom random;
  double chance;

  sim_random_init (&random, world->seed, "versions", 0);
  world->versions = !(world->family & SIM_STEADY) && sim_random_chance (&random, 0.5);
  chance = chances[sim_random_below (&random, G_N_ELEMENTS (chances))];
  for (guint i = 0; world->versions && i < world->places->len; i++)
    if (sim_random_chance (&random, chance))
      update (world, sim_world_place (world, i));
  if (world->versions)
    sim_world_pass (world, SIM_MINUTE);
}

/**
 * sim_update_all:
 *
 * In a run of two versions: everybody has the newer program from now on, in whatever order they come.
 *
 * Returns: whether there were two
 */
gboolean
sim_update_all (SimWorld *world)
{
  SimRandom random;

  sim_random_init (&random, world->seed, "versions", 1);
  sim_watch_go_on (world->watch);
  for (guint from = sim_random_below (&random, world->places->len), i = 0; world->versions && i < world->places->len; i++) {
    update (world, sim_world_place (world, (from + i) % world->places->len));
    sim_world_pass (world, sim_random_range (&random, 0, SIM_MINUTE));
  }
  return world->versions;
}

void
sim_update_some (SimWorld *world, SimRandom *random)
{
  update (world, sim_world_place (world, sim_random_below (random, world->places->len)));
}

/* At some place that has the newer program, if there is one. */
static void
act (SimWorld *world, SimRandom *random, const char *what, LimberWriteFunc func)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  SimAct data = { world, random };

  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);

    if ((place->klass & STAFF_PLACES) && place->kinds == sim_version_newer ())
      g_ptr_array_add (found, place);
  }
  if (found->len > 0)
    sim_world_write (world, g_ptr_array_index (found, sim_random_below (random, found->len)), what, func, &data);
}

static void
set_text (LimberEdit *edit, const char *field, SimAct *what)
{
  g_autofree char *text = g_strdup_printf ("%u", ++what->world->values);

  limber_edit_set_text (edit, field, text);
}

static gboolean
set_goal (LimberTransaction *transaction, SimAct *what, const LimberId *patient, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("goal", &id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_word (edit, "stage", "set");
  set_text (edit, "text", what);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static gboolean
goal (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const words[] = { "set", "begun", "reached" };
  SimAct *what = data;
  g_autoptr (LimberRecord) held = sim_random_chance (what->random, 0.6) ? sim_work_pick_record (transaction, what->random, "goal") : NULL, patient = NULL;
  g_autoptr (LimberEdit) edit = held != NULL ? limber_edit_new ("goal", &held->id) : NULL;

  if (held == NULL) {
    patient = sim_work_pick_record (transaction, what->random, "patient");
    return patient == NULL || set_goal (transaction, what, &patient->id, error);
  }
  if (sim_random_chance (what->random, 0.5))
    set_text (edit, "text", what);
  if (sim_random_chance (what->random, 0.5))
    limber_edit_set_word (edit, "stage", words[sim_random_below (what->random, G_N_ELEMENTS (words))]);
  if (limber_record_integer (held, "weeks") == 0)
    limber_edit_set_integer (edit, "weeks", ++what->world->values);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* A record of a kind that only the newer program has. */
void
sim_update_goal (SimWorld *world, SimRandom *random)
{
  act (world, random, "sets a goal", goal);
}

static gboolean
pronouns (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;

  if (edit == NULL)
    return TRUE;
  set_text (edit, "pronouns", what);
  if (sim_random_chance (what->random, 0.3))
    set_text (edit, "mobile", what);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* A field that only the newer program has, at times with one that all have. */
void
sim_update_pronouns (SimWorld *world, SimRandom *random)
{
  act (world, random, "writes a newer field", pronouns);
}

static gboolean
word (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = sim_work_pick_record (transaction, what->random, "appointment");
  g_autoptr (LimberEdit) edit = appointment != NULL ? limber_edit_new ("appointment", &appointment->id) : NULL;

  if (edit == NULL)
    return TRUE;
  if (sim_random_chance (what->random, 0.5))
    limber_edit_set_word (edit, "type", "by-video");
  else
    limber_edit_set_word (edit, "status", "reviewed");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* Words that only the newer program has. */
void
sim_update_word (SimWorld *world, SimRandom *random)
{
  act (world, random, "writes a newer word", word);
}
