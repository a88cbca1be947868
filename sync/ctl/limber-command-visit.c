/* What staff do with an appointment, as the desk does it: a command a deed. */
#include <glib/gi18n-lib.h>

#include "limber-attendance.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-desk.h"
#include "limber-error.h"

typedef gboolean (*Deed) (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);

static const struct {
  const char *command;
  Deed        deed;
} deeds[] = {
  { "check-in", limber_desk_check_in }, { "did-not-attend", limber_desk_did_not_attend }, { "call", limber_desk_call },
  { "with-clinician", limber_desk_with_clinician }, { "seen", limber_desk_seen }, { "undo", limber_desk_undo },
};

static gboolean
cancel (LimberErrand *errand, LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  const char *by = limber_errand_option (errand, "by");

  if (by == NULL)
    return limber_errand_usage (error, _("Say who cancels: --by patient, or --by provider"));
  return limber_desk_cancel (transaction, appointment, at, by, limber_errand_option (errand, "why"), author, error);
}

static gboolean
carry_out (LimberErrand *errand, LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (deeds[i].command, errand->command->name))
      return deeds[i].deed (transaction, appointment, at, author, error);
  if (g_str_equal (errand->command->name, "cancel"))
    return cancel (errand, transaction, appointment, at, author, error);
  return limber_desk_could_not_be_seen (transaction, appointment, at, limber_errand_option (errand, "why"), author, error);
}

/* Says what the appointment is now. */
static gboolean
report (LimberErrand *errand, LimberReader *reader, const LimberId *appointment, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (reader, "appointment", appointment, error);
  g_autofree char *id = limber_id_dup_text (appointment);

  if (record == NULL)
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:s, s:s}", "appointment", id, "status", limber_record_word (record, "status")));
  g_string_printf (errand->text, "%s\n", limber_record_word (record, "status"));
  return TRUE;
}

static gboolean
do_deed (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) appointment = NULL;
  g_autofree char *author = NULL, *role = NULL;
  gint64 at;

  if (!limber_command_at (errand, &at, error) || !limber_command_author (errand, reader, TRUE, &author, &role, error))
    return FALSE;
  appointment = limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), error);
  return appointment != NULL && carry_out (errand, transaction, &appointment->id, at, &(LimberAuthor){ author, role }, error) &&
         report (errand, reader, &appointment->id, error);
}

/* check-in|did-not-attend|call|with-clinician|seen|undo APPOINTMENT [--at TIME] --as STAFF | cancel APPOINTMENT --by WHO [--why TEXT] …
 * | could-not-be-seen APPOINTMENT [--why TEXT] … */
gboolean
limber_command_visit (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, do_deed, error);
}

/* What staff say: the suggestion, another code, or nothing any more. */
static gboolean
say_attendance (LimberErrand *errand, LimberTransaction *transaction, const LimberRecord *appointment, GError **error)
{
  const char *code = limber_errand_option (errand, "code");
  g_autofree char *author = NULL, *role = NULL;
  LimberAttended attended;

  if (limber_errand_has (errand, "confirm") + limber_errand_has (errand, "none") + (code != NULL) > 1)
    return limber_errand_usage (error, _("Say one of them: --confirm, --code or --none"));
  if (!limber_command_author (errand, limber_transaction_reader (transaction), TRUE, &author, &role, error))
    return FALSE;
  if (limber_errand_has (errand, "confirm")) {
    if (!limber_attendance_read (limber_transaction_reader (transaction), appointment, &attended, error))
      return FALSE;
    code = limber_attendance_suggest (&attended);
    if (code == NULL)
      return limber_error_refuse (error, _("The times suggest nothing here. Say what it was: --code"));
  }
  return limber_desk_attendance (transaction, &appointment->id, code, limber_errand_option (errand, "why"), &(LimberAuthor){ author, role }, error);
}

static void
add_time (LimberErrand *errand, json_t *object, const char *name, const char *words, gint64 at)
{
  g_autofree char *iso = at != 0 ? limber_time_to_iso (at) : NULL, *time = at != 0 ? limber_time_for_staff (at) : NULL;

  json_object_set_new (object, name, iso != NULL ? json_string (iso) : json_null ());
  if (time != NULL)
    g_string_append_printf (errand->text, "%s %s\n", words, time);
}

static void
add_code (LimberErrand *errand, json_t *object, const char *name, const char *words, const char *code)
{
  json_object_set_new (object, name, code != NULL ? json_string (code) : json_null ());
  if (code != NULL)
    g_string_append_printf (errand->text, "%s %s, %s\n", words, code, limber_attendance_words (code));
}

/* Says when what happened, what that suggests, and what staff have confirmed. */
static gboolean
report_attendance (LimberErrand *errand, LimberReader *reader, const LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) appointment = limber_reader_get (reader, "appointment", id, error);
  g_autofree char *text = limber_id_dup_text (id);
  LimberAttended attended;
  const char *note;
  json_t *object;

  if (appointment == NULL || !limber_attendance_read (reader, appointment, &attended, error))
    return FALSE;
  object = json_pack ("{s:s, s:s?}", "appointment", text, "status", attended.status);
  add_time (errand, object, "arrived", _("Came at"), attended.times.arrived);
  add_time (errand, object, "called", _("Called at"), attended.times.called);
  add_time (errand, object, "went_in", _("Went in at"), attended.times.went_in);
  add_time (errand, object, "seen", _("Seen by"), attended.times.seen);
  add_code (errand, object, "suggested", _("The times suggest"), limber_attendance_suggest (&attended));
  add_code (errand, object, "attendance", _("Staff say"), limber_record_text (appointment, "attendance"));
  note = limber_record_text (appointment, "attendance_note");
  json_object_set_new (object, "why", note != NULL ? json_string (note) : json_null ());
  if (note != NULL)
    g_string_append_printf (errand->text, "%s\n", note);
  limber_errand_take (errand, object);
  return TRUE;
}

static gboolean
do_attendance (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) appointment = limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), error);
  gboolean asks = !limber_errand_has (errand, "confirm") && !limber_errand_has (errand, "none") && limber_errand_option (errand, "code") == NULL;

  return appointment != NULL && (asks || say_attendance (errand, transaction, appointment, error)) && report_attendance (errand, reader, &appointment->id, error);
}

/* attendance APPOINTMENT [--confirm|--code N [--why TEXT]|--none --as STAFF] */
gboolean
limber_command_attendance (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, do_attendance, error);
}
