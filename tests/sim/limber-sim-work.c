#include "limber-sim-work.h"

#include "limber-base64.h"
#include "limber-check-in.h"
#include "limber-conflicts.h"
#include "limber-date.h"
#include "limber-import-batch.h"
#include "limber-import.h"
#include "limber-json.h"
#include "limber-sim-erased.h"
#include "limber-sim-truth.h"
#include "limber-test.h"
#include "limber-transaction-private.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/**
 * sim_work_pick_place:
 * @classes: of which classes it may be
 *
 * Returns: (transfer none) (nullable): a machine that is on
 */
SimPlace *
sim_work_pick_place (SimWorld *world, SimRandom *random, LimberClass classes)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < world->places->len; i++) {
    SimPlace *place = sim_world_place (world, i);

    if ((place->klass & classes) && place->store != NULL && !place->crashed)
      g_ptr_array_add (found, place);
  }
  return found->len > 0 ? g_ptr_array_index (found, sim_random_below (random, found->len)) : NULL;
}

/**
 * sim_work_act:
 * @what: for the trace
 * @func: gets a SimAct
 *
 * Somebody does something at some machine of these classes.
 */
void
sim_work_act (SimWorld *world, SimRandom *random, LimberClass classes, const char *what, LimberWriteFunc func)
{
  SimPlace *place = sim_work_pick_place (world, random, classes);
  SimAct data = { world, random };

  if (place != NULL)
    sim_world_write (world, place, what, func, &data);
}

static gboolean
collect (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (data, limber_record_copy (record));
  return TRUE;
}

/**
 * sim_work_pick_record:
 *
 * Returns: (transfer full) (nullable): one of the records of @kind that this store holds; the newer ones are more often
 *   at hand
 */
LimberRecord *
sim_work_pick_record (LimberTransaction *transaction, SimRandom *random, const char *kind)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  guint at;

  limber_reader_list (limber_transaction_reader (transaction), kind, none, NULL, collect, records, NULL);
  if (records->len == 0)
    return NULL;
  at = sim_random_below (random, records->len);
  if (records->len > 8 && sim_random_chance (random, 0.5))
    at = records->len - 1 - sim_random_below (random, 8);
  return limber_record_copy (g_ptr_array_index (records, at));
}

/* Of letters, as names are; some are followed by what names have too: other scripts, marks that combine, signs outside of the
 * first plane, what JSON and SQL must escape. */
static char *
new_value (SimWorld *world)
{
  static const char *const tails[] = { "", "", "", "e\u0301o\u0323", "", "\xf0\x9f\x98\x80", "", "\u05d0\u05d1 bc", "", "O'\"\\/{[%", "", "\u0645\u062d\u0645\u062f", "" };
  guint n = ++world->values;
  char *value = g_strdup_printf (SIM_ERASED_MARK "%0*u%s", SIM_ERASED_LETTERS, n, tails[n % G_N_ELEMENTS (tails)]);

  for (char *at = value; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      *at += 'a' - '0';
  return value;
}

static gboolean
edit_patient (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const fields[] = { "mobile", "phone", "title", "email", "address", "family" };
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;
  g_autofree char *value = new_value (what->world);

  if (edit == NULL)
    return TRUE;
  limber_edit_set_text (edit, fields[sim_random_below (what->random, G_N_ELEMENTS (fields))], value);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_edit (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "edits a person", edit_patient);
}

static gboolean
move_patient (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;

  if (edit == NULL)
    return TRUE;
  limber_edit_set_id (edit, "site", &what->world->sites[sim_random_below (what->random, 2)]);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_move (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "moves a person", move_patient);
}

static gboolean
merge_patients (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) one = sim_work_pick_record (transaction, what->random, "patient"), other = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = one != NULL ? limber_edit_new ("patient", &one->id) : NULL;

  if (edit == NULL || other == NULL || limber_id_equal (&one->id, &other->id))
    return TRUE;
  if (sim_random_chance (what->random, 0.6))
    limber_edit_set_id (edit, "merged_into", &other->id);
  else
    limber_edit_set_none (edit, "merged_into");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_merge (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "says who is the same person", merge_patients);
}

/* Mostly for these days; where sessions are weeks apart, now and then for one of those to come. */
static gint64
some_day (SimWorld *world, SimRandom *random, gint64 first, gint64 last)
{
  gboolean later = world->rates.longest > 0 && sim_random_chance (random, 0.3);

  return SIM_START + sim_loop_now (world->loop) / 1000 + (later ? sim_random_range (random, last, 60) : sim_random_range (random, first, last)) * DAY_MS;
}

static gboolean
book (LimberTransaction *transaction, SimWorld *world, SimRandom *random, const LimberId *patient, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("appointment", &id);
  limber_edit_set_id (edit, "patient", patient);
  limber_edit_set_id (edit, "site", &world->sites[sim_random_below (random, 2)]);
  limber_edit_set_integer (edit, "start", some_day (world, random, 0, 3));
  limber_edit_set_word (edit, "status", "booked");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static gboolean
register_patient (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *value = new_value (what->world);
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("patient", &id);
  limber_edit_set_text (edit, "family", value);
  limber_edit_set_text (edit, "given", "Ann");
  limber_edit_set_text (edit, "born", "1954-08-06");
  limber_edit_set_id (edit, "site", &what->world->sites[sim_random_below (what->random, 2)]);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error) && book (transaction, what->world, what->random, &id, error);
}

void
sim_work_register (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "registers a person", register_patient);
}

static gboolean
book_any (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");

  return patient == NULL || book (transaction, what->world, what->random, &patient->id, error);
}

void
sim_work_book (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "books an appointment", book_any);
}

static gboolean
rebook (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = sim_work_pick_record (transaction, what->random, "appointment");
  g_autoptr (LimberEdit) edit = appointment != NULL ? limber_edit_new ("appointment", &appointment->id) : NULL;

  if (edit == NULL)
    return TRUE;
  limber_edit_set_integer (edit, "start", some_day (what->world, what->random, -1, 2));
  if (sim_random_chance (what->random, 0.2))
    limber_edit_set_id (edit, "site", &what->world->sites[sim_random_below (what->random, 2)]);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_rebook (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "moves an appointment", rebook);
}

static gboolean
check_in (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) appointment = sim_work_pick_record (transaction, what->random, "appointment");
  const char *via = limber_reader_class (limber_transaction_reader (transaction)) == LIMBER_CLASS_KIOSK ? "kiosk" : "desk";

  return appointment == NULL || limber_check_in_confirm (transaction, &appointment->id, limber_transaction_now (transaction), via, test_author_of (transaction), error);
}

void
sim_work_check_in (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, LIMBER_CLASS_DESK | LIMBER_CLASS_KIOSK, "checks somebody in", check_in);
}

static gboolean
confirm (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = patient != NULL ? limber_edit_new ("patient", &patient->id) : NULL;
  char day[LIMBER_DATE_LENGTH + 1];

  if (edit == NULL)
    return TRUE;
  limber_date_of_time (limber_transaction_now (transaction) - sim_random_below (what->random, 30) * DAY_MS, day);
  limber_edit_set_text (edit, "details_confirmed", day);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

/* On one of many days: two that have not heard of each other need not write the same. */
void
sim_work_confirm (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, LIMBER_CLASS_KIOSK | LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC, "says that the details are right", confirm);
}

/* Whoever calls somebody says so to the waiting room (app/care/limber-desk-visit.c). */
static gboolean
call (LimberTransaction *transaction, const LimberRecord *appointment, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("call", &id);
  limber_edit_set_id (edit, "appointment", &appointment->id);
  limber_edit_set_id (edit, "patient", limber_record_id (appointment, "patient"));
  limber_edit_set_integer (edit, "at", limber_transaction_now (transaction));
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

static gboolean
set_status (LimberTransaction *transaction, SimRandom *random, const char *word, GError **error)
{
  g_autoptr (LimberRecord) appointment = sim_work_pick_record (transaction, random, "appointment");
  g_autoptr (LimberEdit) edit = appointment != NULL ? limber_edit_new ("appointment", &appointment->id) : NULL;

  if (edit == NULL)
    return TRUE;
  limber_edit_set_word (edit, "status", word);
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error) && (!g_str_equal (word, "called") || call (transaction, appointment, error));
}

static gboolean
step (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const words[] = { "cancelled", "did-not-attend", "arrived", "called", "with-clinician", "seen" };
  SimAct *what = data;

  return set_status (transaction, what->random, words[sim_random_below (what->random, G_N_ELEMENTS (words))], error);
}

void
sim_work_step (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "goes on with an appointment", step);
}

static gboolean
undo (LimberTransaction *transaction, gpointer data, GError **error)
{
  return set_status (transaction, ((SimAct *) data)->random, "booked", error);
}

void
sim_work_undo (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "undoes an appointment's status", undo);
}

static gboolean
make_task (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_new (&id, limber_transaction_env (transaction));
  edit = limber_edit_new ("task", &id);
  limber_edit_set_text (edit, "about", "other");
  if (patient != NULL && sim_random_chance (what->random, 0.7))
    limber_edit_set_id (edit, "patient", &patient->id);
  limber_edit_set_id (edit, "site", &what->world->sites[sim_random_below (what->random, 2)]);
  limber_edit_set_integer (edit, "made", limber_transaction_now (transaction));
  limber_edit_set_word (edit, "status", "open");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_task (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF | LIMBER_CLASS_KIOSK, "makes a task", make_task);
}

static gboolean
finish_task (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) task = sim_work_pick_record (transaction, what->random, "task");
  g_autoptr (LimberEdit) edit = task != NULL ? limber_edit_new ("task", &task->id) : NULL;

  if (edit == NULL)
    return TRUE;
  limber_edit_set_word (edit, "status", sim_random_chance (what->random, 0.8) ? "done" : "open");
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_done (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "does a task", finish_task);
}

static gboolean
decide (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) conflict = sim_work_pick_record (transaction, what->random, "conflict"), decided = NULL;
  LimberResolution resolution = { .how = sim_random_chance (what->random, 0.5) ? LIMBER_RESOLVE_KEEP : LIMBER_RESOLVE_TAKE, .again = sim_random_chance (what->random, 0.2) };

  if (conflict == NULL || (limber_record_integer (conflict, "state") != 0 && (!resolution.again || resolution.how == LIMBER_RESOLVE_KEEP)))
    return TRUE;
  resolution.conflict = conflict->id;
  if (!limber_conflicts_resolve (transaction, &resolution, test_author_of (transaction), error))
    return FALSE;
  decided = limber_reader_get (limber_transaction_reader (transaction), "conflict", &conflict->id, NULL);
  if (decided != NULL && limber_record_integer (decided, "state") == 0)
    sim_problem (what->world->problems, "R5 a conflict is open after it was decided");
  return TRUE;
}

void
sim_work_decide (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF, "decides a conflict", decide);
}

static gboolean
edit_site (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberEdit) edit = limber_edit_new ("site", &what->world->sites[sim_random_below (what->random, 2)]);

  limber_edit_set_integer (edit, "early_minutes", sim_random_range (what->random, 1, 600));
  return limber_transaction_edit (transaction, edit, test_author_of (transaction), error);
}

void
sim_work_site (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, LIMBER_CLASS_CENTRAL | LIMBER_CLASS_OFFICE, "changes a site's window", edit_site);
}

/* As a program of a newer version does: a kind, or a field, that nobody here knows (SYNC.md rule 6). */
static gboolean
write_unknown (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const fields[] = { "goal", "stage^", "by!" };
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  gboolean hers = patient != NULL && sim_random_chance (what->random, 0.7);
  g_autoptr (GString) body = g_string_new (NULL), seen = g_string_new ("{}");
  gboolean field = hers && sim_random_chance (what->random, 0.4);
  LimberDraft draft = { field ? "patient" : "plan", NULL, NULL, LIMBER_RANK_PERSON, test_author_of (transaction), body, seen, 0 };
  LimberId id;

  if (hers)
    limber_id_init_beside (&id, &patient->id, "plan", NULL);
  else
    limber_id_init_from_key (&id, NULL, "plan", NULL);
  g_string_append_printf (body, "{\"%s\":%u}", fields[sim_random_below (what->random, G_N_ELEMENTS (fields))], ++what->world->values);
  draft.record = field ? &patient->id : &id;
  draft.patient = hers ? &patient->id : NULL;
  return limber_transaction_write_entry (transaction, &draft, error);
}

void
sim_work_unknown (SimWorld *world, SimRandom *random)
{
  sim_work_act (world, random, SIM_WORK_STAFF | LIMBER_CLASS_KIOSK | LIMBER_CLASS_NODES, "writes what nobody here knows", write_unknown);
}

/* As a program does that has gone wrong: it says of what it writes about a person that it is about nobody, and so nobody
 * can take it for what it is. */
static gboolean
write_spoilt (LimberTransaction *transaction, gpointer data, GError **error)
{
  SimAct *what = data;
  g_autoptr (LimberRecord) patient = sim_work_pick_record (transaction, what->random, "patient");
  int at = patient != NULL ? limber_kind_field (patient->kind, "mobile") : -1;
  g_autoptr (GString) body = g_string_new (NULL), seen = g_string_new ("{}");
  LimberDraft draft = { "patient", NULL, NULL, LIMBER_RANK_PERSON, test_author_of (transaction), body, seen, 0 };
  char id[LIMBER_BASE64_LENGTH (16) + 1];

  if (patient == NULL)
    return TRUE;
  if (limber_stamp_is_set (&patient->stamps[at])) {
    limber_base64_encode (patient->stamps[at].entry.bytes, sizeof patient->stamps[at].entry.bytes, id);
    g_string_printf (seen, "{\"mobile\":[\"%s\"]}", id);
    draft.latest = patient->stamps[at].time;
  }
  g_string_printf (body, "{\"mobile\":\"07700 9%05u\"}", ++what->world->values);
  draft.record = &patient->id;
  return limber_transaction_write_entry (transaction, &draft, error);
}

void
sim_work_spoil (SimWorld *world, SimRandom *random)
{
  SimPlace *place = sim_work_pick_place (world, random, SIM_WORK_STAFF);
  SimAct data = { world, random };
  SimEntry *entry;

  if (place == NULL || !sim_world_write (world, place, "writes what cannot be", write_spoilt, &data))
    return;
  entry = sim_ledger_entry (world->ledger, sim_ledger_length (world->ledger) - 1);
  entry->apart = TRUE;
}

/* Between two pieces of a list everybody goes on with his work. The next may come minutes later, or not at all. */
static void
on_piece (const char *file, gint64 rows, gint64 done, gint64 size, gpointer data)
{
  SimAct *what = data;

  sim_loop_note (what->world->loop, "central: has taken in %d rows", (int) rows);
  for (guint i = sim_random_below (what->random, 4); i > 0; i--) {
    sim_world_pass (what->world, sim_random_range (what->random, 0, 20 * SIM_SECOND));
    if (sim_random_chance (what->random, 0.2))
      sim_work_site (what->world, what->random);
    else
      sim_work_edit (what->world, what->random);
  }
  sim_place_enter (what->world->central);
}

/* Whether all lists of this run are taken in in pieces. The stream is one of its own. */
static gboolean
draw_pieces (SimWorld *world, SimRandom *random)
{
  sim_random_init (random, world->seed, "pieces", 0);
  if ((world->family & SIM_STEADY) || !sim_random_chance (random, 0.5))
    return FALSE;
  sim_random_init (random, world->seed, "pieces", 1 + world->made++);
  return TRUE;
}

/* The list that another system hands over, with the rows that it has by now. */
static void
import (SimWorld *world)
{
  SimRandom random;
  SimAct what = { world, &random };
  gboolean pieces = draw_pieces (world, &random);
  g_autoptr (LimberStore) store = NULL;
  g_autofree char *dir = g_build_filename (world->folder, "lists", NULL), *path = g_build_filename (dir, "patients.csv", NULL);
  g_autoptr (GString) text = g_string_new ("id,family,given,born,mobile,address\n");
  g_autoptr (json_t) report = NULL;
  g_autoptr (GError) error = NULL;

  if (world->central->store == NULL || world->central->crashed)
    return;
  for (guint i = 0; i < SIM_PEOPLE; i++)
    g_string_append_printf (text, "P%u,%s,Moira,1961-04-09,%s,%s\n", i, world->list[i][0], world->list[i][1], world->list[i][2]);
  g_mkdir_with_parents (dir, 0700);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  limber_import_batch_rows = pieces ? 1 + sim_random_below (&random, 3) : SIM_PEOPLE;
  store = g_object_ref (world->central->store); /* it may be closed between two pieces */
  sim_place_enter (world->central);
  report = limber_import_run (store, &(LimberImportPlan){ .dir = dir, .progress = pieces ? on_piece : NULL, .data = &what }, &error);
  if (world->central->store != NULL && !world->central->crashed)
    sim_ledger_take (world->ledger, world->central, sim_world_number (world, world->central));
  sim_loop_note (world->loop, "central: takes in a list%s%s", error != NULL ? ": " : "", error != NULL ? error->message : "");
}

void
sim_work_import (SimWorld *world, SimRandom *random)
{
  for (guint i = 0; i < SIM_PEOPLE; i++)
    if (sim_random_chance (random, 0.3)) {
      guint column = sim_random_below (random, 3);

      g_free (world->list[i][column]);
      world->list[i][column] = new_value (world);
    }
  import (world);
}

static gboolean
first_booking (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const char *const none[] = { NULL };
  SimAct *what = data;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);

  limber_reader_list (limber_transaction_reader (transaction), "patient", none, NULL, collect, people, NULL);
  for (guint i = 0; i < people->len; i++)
    if (!book (transaction, what->world, what->random, &((LimberRecord *) g_ptr_array_index (people, i))->id, error))
      return FALSE;
  return TRUE;
}

/**
 * sim_work_begin:
 *
 * The first list, and an appointment for everybody on it.
 */
void
sim_work_begin (SimWorld *world)
{
  SimRandom random;
  SimAct what = { world, &random };

  sim_random_init (&random, world->seed, "begin", 0);
  for (guint i = 0; i < SIM_PEOPLE; i++)
    for (guint j = 0; j < 3; j++)
      world->list[i][j] = new_value (world);
  import (world);
  sim_world_write (world, world->central, "books for everybody", first_booking, &what);
  sim_world_pass (world, SIM_MINUTE);
}
