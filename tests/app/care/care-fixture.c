#include "care-fixture.h"

#include <sqlite3.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-projection.h"

void
care_set_up (Care *care, gconstpointer data)
{
  care->env = test_env_new (&care->clock);
  care->hub_dir = test_dir_new ();
  care->kiosk_dir = test_dir_new ();
  test_id (&care->site, "site");
  test_id (&care->other_site, "other site");
  care->hub = test_store_new (care->hub_dir, care->env, LIMBER_CLASS_HUB, &care->site);
  care->kiosk = test_store_new (care->kiosk_dir, care->env, LIMBER_CLASS_KIOSK, &care->site);
  care->store = g_strcmp0 (data, "kiosk") == 0 ? care->kiosk : care->hub;
  test_store_put (care->hub, "site", &care->site, "code", "LMB01", "name", "Alexandra Avenue Clinic", NULL);
  test_store_put (care->hub, "site", &care->other_site, "code", "LMB02", "name", "Belmont Health Centre", NULL);
}

void
care_tear_down (Care *care, gconstpointer data)
{
  g_clear_object (&care->hub);
  g_clear_object (&care->kiosk);
  test_dir_remove (care->hub_dir);
  test_dir_remove (care->kiosk_dir);
  g_free (care->hub_dir);
  g_free (care->kiosk_dir);
  limber_env_unref (care->env);
}

/* "09:40" of that Monday, or a whole time. */
gint64
care_time (const char *time)
{
  g_autofree char *whole = strlen (time) == 5 ? g_strdup_printf ("2026-11-23T%s:00Z", time) : g_strdup (time);
  gint64 result;

  g_assert_true (limber_time_parse (whole, &result));
  return result;
}

void
care_clock (Care *care, const char *time)
{
  care->clock.now = care_time (time);
}

void
care_person (Care *care, const char *name, const char *family, const char *given, const char *born)
{
  LimberId id;

  test_id (&id, name);
  test_store_put (care->hub, "patient", &id, "family", family, "given", given, "born", born, NULL);
}

void
care_appointment (Care *care, const char *name, const char *person, const char *time, const char *status)
{
  LimberId id, patient;
  g_autofree char *whole = limber_time_to_iso (care_time (time)), *site = limber_id_dup_text (&care->site), *whose = NULL;

  test_id (&id, name);
  test_id (&patient, person);
  whose = limber_id_dup_text (&patient);
  test_store_put (care->hub, "appointment", &id, "patient", whose, "site", site, "start", whole, "minutes", "30", "status", status, NULL);
}

/* Has the hub say of something, by its test's name, one thing more. */
void
care_put (Care *care, const char *kind, const char *name, const char *field, const char *value)
{
  LimberId id;

  test_id (&id, name);
  test_store_put (care->hub, kind, &id, field, value, NULL);
}

typedef struct {
  Care      *care;
  GPtrArray *records; /* LimberRecord */
} Projected;

static gboolean
add_record (const LimberRecord *record, gpointer data)
{
  g_ptr_array_add (((Projected *) data)->records, limber_record_copy (record));
  return TRUE;
}

static gboolean
collect (LimberReader *reader, gpointer data, GError **error)
{
  static const char *const kinds[] = { "site", "patient", "appointment", "arrival", "stage", "questionnaire" };
  Projected *projected = data;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!limber_reader_list (reader, kinds[i], NULL, NULL, add_record, projected, error))
      return FALSE;
  for (guint i = 0; i < projected->records->len; i++) {
    LimberRecord *record = g_ptr_array_index (projected->records, i);

    limber_projection_make (reader, record, &projected->care->site);
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

/* Brings the kiosk what its node would send it. */
void
care_project (Care *care)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) limber_record_free);
  Projected projected = { care, records };
  g_autoptr (GError) error = NULL;

  limber_store_read (care->hub, collect, &projected, &error);
  g_assert_no_error (error);
  limber_store_write (care->kiosk, apply, &projected, &error);
  g_assert_no_error (error);
}

typedef struct {
  LimberArriveQuestion question;
  LimberArriveAnswer  *answer;
} Asked;

static gboolean
arrive (LimberTransaction *transaction, gpointer data, GError **error)
{
  Asked *asked = data;

  asked->answer = limber_check_in_arrive (transaction, &asked->question, error);
  return asked->answer != NULL;
}

/* Asks without bringing the kiosk anything new before. */
LimberArriveAnswer *
care_ask_only (Care *care, const LimberArriveQuestion *question)
{
  Asked asked = { .question = *question };
  g_autoptr (GError) error = NULL;

  limber_store_write (care->store, arrive, &asked, &error);
  g_assert_no_error (error);
  return asked.answer;
}

static LimberArriveAnswer *
ask (Care *care, const LimberArriveQuestion *question)
{
  if (care->store == care->kiosk)
    care_project (care);
  return care_ask_only (care, question);
}

/* @born: "6/8" or "6/8/1954". */
LimberArriveAnswer *
care_ask (Care *care, const char *born, gunichar initial)
{
  LimberArriveQuestion question = { .initial = initial };

  g_assert_cmpint (sscanf (born, "%d/%d/%d", &question.day, &question.month, &question.year), >=, 2);
  return ask (care, &question);
}

LimberArriveAnswer *
care_code (Care *care, const char *code)
{
  return ask (care, &(LimberArriveQuestion){ .code = (char *) code });
}

char *
care_json (const LimberArriveAnswer *answer)
{
  g_autoptr (json_t) json = limber_arrive_answer_to_json (answer);

  return limber_json_dup (json);
}

char *
care_status (Care *care, const char *appointment)
{
  LimberId id;
  g_autoptr (LimberRecord) record = NULL;

  test_id (&id, appointment);
  record = test_store_get (care->store, "appointment", &id);
  return g_strdup (limber_record_word (record, "status"));
}

gint64
care_count (Care *care, const char *sql)
{
  g_autofree char *path = g_build_filename (care->store == care->kiosk ? care->kiosk_dir : care->hub_dir, "store.db", NULL);
  sqlite3 *db;
  sqlite3_stmt *stmt;
  gint64 n;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

/* How many entries tell the desk; a kiosk holds no tasks, so the journal is asked. */
gint64
care_tasks (Care *care, const char *about)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM journal WHERE json_extract(header,'$[8]')='task' AND json_extract(body,'$.about')='%s'", about);

  return care_count (care, sql);
}

gint64
care_arrivals (Care *care)
{
  return care_count (care, "SELECT count(*) FROM arrival");
}

void
care_assert_asked (Care *care, const char *born, gunichar initial, const char *result)
{
  g_autoptr (LimberArriveAnswer) answer = care_ask (care, born, initial);

  care_assert_result (answer, result);
}

void
care_assert_status (Care *care, const char *appointment, const char *status)
{
  g_autofree char *is = care_status (care, appointment);

  g_assert_cmpstr (is, ==, status);
}

/* Declan O'Connor, born 6 August 1954, at ten. */
void
care_put_declan (Care *care, const char *status)
{
  care_person (care, "declan", "O'Connor", "Declan", "1954-08-06");
  care_appointment (care, "ten", "declan", "10:00", status);
}

/* Adds a test twice: on whole records, and on what a kiosk holds. */
void
care_add_in (const char *area, const char *path, void (*func) (Care *, gconstpointer))
{
  g_autofree char *hub = g_strdup_printf ("/care/%s/on-a-hub/%s", area, path), *kiosk = g_strdup_printf ("/care/%s/on-a-kiosk/%s", area, path);

  g_test_add (hub, Care, "hub", care_set_up, func, care_tear_down);
  g_test_add (kiosk, Care, "kiosk", care_set_up, func, care_tear_down);
}

/* At the hub. */
void
care_write (Care *care, LimberWriteFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  limber_store_write (care->hub, func, data, &error);
  g_assert_no_error (error);
}

void
care_refuse_write (Care *care, LimberWriteFunc func, gpointer data, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (limber_store_write (care->hub, func, data, &error));
  g_assert_error (error, LIMBER_ERROR, code);
}

void
care_add (const char *path, void (*func) (Care *, gconstpointer))
{
  care_add_in ("check-in", path, func);
}

/* Makes a member of staff, and has her see the people of these appointments in a room; NULL-ended. */
void
care_see (Care *care, const char *given, const char *room, ...)
{
  g_autofree char *number = g_strdup_printf ("S-%s-%s", given, room), *site = limber_id_dup_text (&care->site), *staff_text = NULL, *place_text = NULL;
  LimberId staff, place;
  va_list names;

  test_id (&staff, number);
  test_id (&place, room);
  staff_text = limber_id_dup_text (&staff);
  place_text = limber_id_dup_text (&place);
  test_store_put (care->hub, "staff", &staff, "number", number, "family", "Smith", "given", given, "role", "physiotherapist", NULL);
  test_store_put (care->hub, "place", &place, "site", site, "name", room, NULL);
  va_start (names, room);
  for (const char *name = va_arg (names, const char *); name != NULL; name = va_arg (names, const char *)) {
    LimberId id;

    test_id (&id, name);
    test_store_put (care->hub, "appointment", &id, "clinician", staff_text, "place", place_text, NULL);
  }
  va_end (names);
}

typedef struct {
  CareDeed    deed;
  const char *code, *why;
  LimberId    appointment;
} Doing;

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  static const LimberAuthor author = { "00000000-0000-7000-8000-000000000001", "reception" };
  Doing *doing = data;

  if (doing->deed != NULL)
    return doing->deed (transaction, &doing->appointment, 0, &author, error);
  if (doing->code == NULL && doing->why != NULL)
    return limber_desk_could_not_be_seen (transaction, &doing->appointment, 0, doing->why, &author, error);
  return limber_desk_attendance (transaction, &doing->appointment, doing->code, doing->why, &author, error);
}

static void
carry_out_at (Care *care, Doing *doing, const char *appointment, const char *time, const char *refused)
{
  g_autoptr (GError) error = NULL;

  test_id (&doing->appointment, appointment);
  if (time != NULL)
    care_clock (care, time);
  limber_store_write (care->hub, carry_out, doing, &error);
  if (refused == NULL)
    g_assert_no_error (error);
  else {
    g_assert_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED);
    g_assert_cmpstr (error->message, ==, refused);
  }
}

/* Has staff do @deed at @time of that Monday; NULL: now. */
void
care_do (Care *care, CareDeed deed, const char *appointment, const char *time)
{
  Doing doing = { .deed = deed };

  carry_out_at (care, &doing, appointment, time, NULL);
}

/* Has staff try @deed now, which is refused with @words. */
void
care_refuse (Care *care, CareDeed deed, const char *appointment, const char *words)
{
  Doing doing = { .deed = deed };

  carry_out_at (care, &doing, appointment, NULL, words);
}

/* Has staff say that somebody could not be seen. @refused: (nullable): why that is refused */
void
care_could_not (Care *care, const char *appointment, const char *time, const char *why, const char *refused)
{
  Doing doing = { .why = why };

  carry_out_at (care, &doing, appointment, time, refused);
}

/* Has staff code the attendance. @refused: (nullable): why that is refused */
void
care_code_attendance (Care *care, const char *appointment, const char *code, const char *why, const char *refused)
{
  Doing doing = { .code = code, .why = code != NULL ? why : NULL };

  carry_out_at (care, &doing, appointment, NULL, refused);
}

/* Sam sees A at nine, B at half past, Declan at ten and C at half past ten. */
void
care_put_day (Care *care)
{
  static const char *const times[] = { "09:00", "09:30", "10:30" }, *const names[] = { "a", "b", "c" };

  care_put_declan (care, "booked");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    care_person (care, names[i], "Zed", "Ann", "1940-01-01");
    care_appointment (care, names[i], names[i], times[i], "booked");
  }
  care_see (care, "Sam", "Gym", "a", "b", "c", "ten", NULL);
}
