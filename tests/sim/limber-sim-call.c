/* Each site with a waiting-room screen has one room and one clinician, so that what is said of them is easily known. */
#include "limber-sim-call.h"

#include "limber-date.h"
#include "limber-desk.h"
#include "limber-sim-work.h"
#include "limber-test.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)

static void
room_id (guint site, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("room-%u", site);

  test_id (id, name);
}

static void
clinician_id (guint site, LimberId *id)
{
  g_autofree char *name = g_strdup_printf ("clinician-%u", site);

  test_id (id, name);
}

static gboolean
set_up (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const rooms[] = { "Room 1", "Gym" }, *const names[] = { "Ayo", "Bela" };
  SimWorld *world = data;

  for (guint i = 0; i < G_N_ELEMENTS (world->boards); i++) {
    g_autoptr (LimberEdit) site = limber_edit_new ("site", &world->sites[i]), room = NULL, clinician = NULL;
    LimberId id;

    if (!world->boards[i])
      continue;
    limber_edit_set_word (site, "call_by", "name");
    room_id (i, &id);
    room = limber_edit_new ("place", &id);
    limber_edit_set_id (room, "site", &world->sites[i]);
    limber_edit_set_text (room, "name", rooms[i]);
    clinician_id (i, &id);
    clinician = limber_edit_new ("staff", &id);
    limber_edit_set_text (clinician, "number", names[i]);
    limber_edit_set_text (clinician, "family", "Synthetic");
    limber_edit_set_text (clinician, "given", names[i]);
    limber_edit_set_word (clinician, "role", "physiotherapist");
    if (!limber_transaction_edit (transaction, site, test_author_of (transaction), error) || !limber_transaction_edit (transaction, room, test_author_of (transaction), error) ||
        !limber_transaction_edit (transaction, clinician, test_author_of (transaction), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * sim_call_begin:
 *
 * The sites that have a waiting-room screen call people by their names, and have a room to call them to.
 */
void
sim_call_begin (SimWorld *world)
{
  if (world->boards[0] || world->boards[1])
    sim_world_write (world, world->central, "sets up the waiting rooms", set_up, world);
}

typedef struct {
  GPtrArray *found; /* (owned) (element-type LimberRecord) */
  LimberId   site;
  gint64     now;
} Today;

static gboolean
add_if_today (const LimberRecord *appointment, gpointer data)
{
  Today *today = data;
  const LimberId *site = limber_record_id (appointment, "site");

  if (site != NULL && limber_id_equal (site, &today->site) && limber_time_is_same_day (limber_record_integer (appointment, "start"), today->now))
    g_ptr_array_add (today->found, limber_record_copy (appointment));
  return TRUE;
}

/* One of those who are expected here today. Returns (transfer full) (nullable). */
static LimberRecord *
pick_today (LimberTransaction *transaction, SimRandom *random)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  Today today = { .found = found, .now = limber_transaction_now (transaction) };

  if (!limber_reader_site (limber_transaction_reader (transaction), &today.site) ||
      !limber_reader_list (limber_transaction_reader (transaction), "appointment", NULL, NULL, add_if_today, &today, NULL) || found->len == 0)
    return NULL;
  return limber_record_copy (g_ptr_array_index (found, sim_random_below (random, found->len)));
}

#define ROOMS (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC)

static gboolean
call (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = pick_today (transaction, what->random);

  if (appointment == NULL)
    return TRUE;
  if (g_strcmp0 (limber_record_word (appointment, "status"), "booked") == 0 && !limber_desk_check_in (transaction, &appointment->id, 0, test_author_of (transaction), error))
    return FALSE;
  return limber_desk_call (transaction, &appointment->id, 0, test_author_of (transaction), error);
}

void
sim_call_call (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, ROOMS, "calls somebody", call);
}

static gboolean
go_in (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = pick_today (transaction, what->random);
  gboolean seen = sim_random_chance (what->random, 0.4);

  return appointment == NULL || (seen ? limber_desk_seen : limber_desk_with_clinician) (transaction, &appointment->id, 0, test_author_of (transaction), error);
}

void
sim_call_go_in (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, ROOMS, "has somebody come in", go_in);
}

static gboolean
take_back (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = pick_today (transaction, what->random);

  if (appointment == NULL)
    return TRUE;
  if (sim_random_chance (what->random, 0.3))
    return limber_desk_cancel (transaction, &appointment->id, 0, "patient", NULL, test_author_of (transaction), error);
  return limber_desk_undo (transaction, &appointment->id, 0, test_author_of (transaction), error);
}

void
sim_call_back (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, ROOMS, "takes something back", take_back);
}

static gboolean
choose (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const words[] = { "name", "number", "fetch" };
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;
  guint draw = sim_random_below (what->random, 6);

  if (edit == NULL)
    return TRUE;
  if (draw < G_N_ELEMENTS (words))
    limber_edit_set_word (edit, "call_by", words[draw]);
  else if (draw == 3)
    limber_edit_set_none (edit, "call_by");
  else
    limber_edit_set_integer (edit, "restricted", draw == 4);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_call_by (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "is told how somebody wants to be called", choose);
}

static gboolean
change_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const words[] = { "name", "number" };
  SimAct *what = data;
  guint site = sim_random_below (what->random, 2), draw = sim_random_below (what->random, 5);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  if (draw < 3) {
    edit = limber_edit_new ("site", &what->world->sites[site]);
    if (draw < G_N_ELEMENTS (words))
      limber_edit_set_word (edit, "call_by", words[draw]);
    else
      limber_edit_set_none (edit, "call_by");
  } else if (what->world->boards[site]) {
    g_autofree char *name = g_strdup_printf ("Room %u", 2 + sim_random_below (what->random, 8));

    room_id (site, &id);
    edit = limber_edit_new ("place", &id);
    limber_edit_set_text (edit, "name", name);
  }
  return edit == NULL || limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_call_site (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, LIMBER_CLASS_CENTRAL | LIMBER_CLASS_OFFICE, "changes a waiting room", change_site);
}

/* The site at which an appointment is, by its number; 2 for none that has a room. */
static guint
site_of (SimWorld *world, const LimberRecord *appointment)
{
  const LimberId *site = limber_record_id (appointment, "site");

  for (guint i = 0; site != NULL && i < G_N_ELEMENTS (world->boards); i++)
    if (world->boards[i] && limber_id_equal (site, &world->sites[i]))
      return i;
  return G_N_ELEMENTS (world->boards);
}

static gboolean
give_room (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = pick_today (transaction, what->random);
  guint site = appointment != NULL ? site_of (what->world, appointment) : G_N_ELEMENTS (what->world->boards);
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  if (site == G_N_ELEMENTS (what->world->boards))
    return TRUE;
  edit = limber_edit_new ("appointment", &appointment->id);
  room_id (site, &id);
  limber_edit_set_id (edit, "place", &id);
  clinician_id (site, &id);
  limber_edit_set_id (edit, "clinician", &id);
  if (sim_random_chance (what->random, 0.4)) {
    limber_edit_set_word (edit, "type", "class");
    limber_edit_set_integer (edit, "start", limber_transaction_now (transaction) + sim_random_range (what->random, -10, 70) * MINUTE_MS);
  }
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* Now and then it is a class, which begins soon. */
void
sim_call_room (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, ROOMS, "gives somebody a room", give_room);
}
