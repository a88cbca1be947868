/* Makes a kiosk's store as its node would fill it, for the tests of the whole program:  kiosk-make-store FOLDER [CODE [FORM]]
 * It is for 23 November 2026, 9:00; CODE is the closing code, "" for none. FORM is a questionnaire's file: it is asked of everybody,
 * and Declan O'Connor whether his telephone number is right. It prints the code on Declan O'Connor's letter.
 * With --board before FOLDER it is a waiting room's, to which nobody has been called. */
#include <glib/gstdio.h>

#include "limber-exit-code.h"
#include "limber-kinds.h"
#include "limber-projection.h"
#include "limber-publishing.h"
#include "limber-test.h"
#include "people.h"

typedef struct {
  LimberId   site;
  GPtrArray *records; /* (owned): LimberRecord */
} Projected;

/* Two whom only the postcode tells apart. */
static void
put_neighbours (LimberStore *store)
{
  static const char *const people[][3] = { { "neighbour one", "Una", "HA3 1HQ" }, { "neighbour two", "Viv", "HA5 2BB" } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *key = g_strconcat ("patient ", people[i][0], NULL);
    LimberId patient;

    kiosk_put_person (store, people[i][0], "Underwood", people[i][1], "1950-05-05", "2026-11-23T09:15:00Z", "booked");
    test_id (&patient, key);
    test_store_put (store, "patient", &patient, "postcode", people[i][2], NULL);
  }
}

static void
put_clinic (LimberStore *store)
{
  LimberId site, place, staff;
  g_autofree char *site_text = NULL;

  test_id (&site, "site");
  test_id (&place, "place");
  test_id (&staff, "staff");
  site_text = limber_id_dup_text (&site);
  test_store_put (store, "site", &site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
  test_store_put (store, "place", &place, "site", site_text, "name", "Room 2", "waiting_area", "Waiting area B", NULL);
  test_store_put (store, "staff", &staff, "number", "S1", "family", "Patel", "given", "Priya", "role", "physiotherapist", NULL);
  kiosk_put_person (store, "declan", "O'Connor", "Declan", "1954-08-06", "2026-11-23T09:15:00Z", "booked");
  kiosk_put_person (store, "joan", "Barton-Wood", "Joan", "1948-02-29", "2026-11-23T09:20:00Z", "booked");
  kiosk_put_person (store, "early", "Evans", "Ann", "1950-02-02", "2026-11-23T16:00:00Z", "booked");
  kiosk_put_person (store, "late", "Lane", "Ann", "1950-03-03", "2026-11-23T07:00:00Z", "booked");
  kiosk_put_person (store, "twin one", "Taylor", "Ann", "1950-04-04", "2026-11-23T09:15:00Z", "booked");
  kiosk_put_person (store, "twin two", "Tanner", "Una", "1961-04-04", "2026-11-23T09:25:00Z", "booked");
  put_neighbours (store);
}

static gboolean
publish (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "system:test", "test" };
  g_autofree char *text = NULL;
  g_autoptr (LimberQuestionnaire) form = NULL;
  gsize length;
  LimberId id;

  if (!g_file_get_contents (data, &text, &length, error))
    return FALSE;
  form = limber_form_publish (transaction, &(LimberPublishing){ .text = text, .length = length }, &author, &id, error);
  return form != NULL;
}

static void
put_what_is_asked (LimberStore *store, char *form)
{
  LimberId declan;

  test_id (&declan, "patient declan");
  test_store_put (store, "patient", &declan, "mobile", "07700 900123", NULL);
  g_assert_true (limber_store_write (store, publish, form, NULL));
}

static gboolean
add_record (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (((Projected *) data)->records, limber_record_copy (record));
  return TRUE;
}

static gboolean
collect (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const kinds[] = { "site", "patient", "appointment", "questionnaire" };
  Projected *projected = data;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!limber_reader_list (reader, kinds[i], NULL, NULL, add_record, projected, error))
      return FALSE;
  for (guint i = 0; i < projected->records->len; i++) {
    LimberRecord *record = g_ptr_array_index (projected->records, i);

    limber_projection_make (reader, record, &projected->site);
    for (guint f = 0; f < record->kind->n_fields; f++)
      if (!limber_field_held_by (&record->kind->fields[f], record->kind, LIMBER_CLASS_KIOSK))
        limber_record_unset (record, f);
  }
  return TRUE;
}

static gboolean
apply (LimberTransaction *transaction, gpointer data, GError **error)
{
  Projected *projected = data;

  for (guint i = 0; i < projected->records->len; i++)
    if (!limber_transaction_apply (transaction, g_ptr_array_index (projected->records, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
set_code (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_exit_code_set (transaction, data, error);
}

static int
make_board (const char *dir, LimberEnv *env)
{
  g_autoptr (LimberStore) board = NULL;
  LimberId site;

  test_id (&site, "site");
  g_mkdir_with_parents (dir, 0700);
  board = test_store_new (dir, env, LIMBER_CLASS_BOARD, &site);
  limber_store_close (board);
  return 0;
}

int
main (int argc, char **argv)
{
  TestClock clock = { 0 };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *hub_dir = test_dir_new (), *code = NULL;
  g_autoptr (LimberStore) hub = NULL, kiosk = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  Projected projected = { .records = records };
  LimberId declan;

  if (argc < 2)
    return 2;
  if (argc == 3 && g_str_equal (argv[1], "--board"))
    return make_board (argv[2], env);
  test_id (&projected.site, "site");
  test_id (&declan, "declan");
  hub = test_store_new (hub_dir, env, LIMBER_CLASS_HUB, &projected.site);
  g_mkdir_with_parents (argv[1], 0700);
  kiosk = test_store_new (argv[1], env, LIMBER_CLASS_KIOSK, &projected.site);
  put_clinic (hub);
  if (argc > 3)
    put_what_is_asked (hub, argv[3]);
  g_assert_true (limber_store_read (hub, collect, &projected, NULL));
  g_assert_true (limber_store_write (kiosk, apply, &projected, NULL));
  if (argc > 2 && *argv[2] != '\0')
    g_assert_true (limber_store_write (kiosk, set_code, argv[2], NULL));
  limber_store_close (kiosk);
  limber_store_close (hub);
  test_dir_remove (hub_dir);
  code = limber_kinds_appointment_code (&declan);
  g_print ("%s\n", code);
  return 0;
}
