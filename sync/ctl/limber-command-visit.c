/* What staff do with an appointment, as the desk does it: a command a deed. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-desk.h"

typedef gboolean (*Deed) (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);

static const struct {
  const char *command;
  Deed        deed; /* (nullable): a cancellation says more */
} deeds[] = {
  { "check-in", limber_desk_check_in }, { "did-not-attend", limber_desk_did_not_attend }, { "cancel", NULL }, { "call", limber_desk_call },
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
      return deeds[i].deed != NULL ? deeds[i].deed (transaction, appointment, at, author, error) : cancel (errand, transaction, appointment, at, author, error);
  g_return_val_if_reached (FALSE);
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
  const char *told = limber_errand_option (errand, "at");
  g_autoptr (LimberRecord) appointment = NULL;
  g_autofree char *author = NULL, *role = NULL;
  gint64 at = 0;

  if (told != NULL && !limber_time_parse (told, &at))
    return limber_errand_usage (error, _("--at is a time: ISO 8601 with its offset, 2026-11-23T09:30:00+00:00"));
  if (!limber_command_author (errand, reader, TRUE, &author, &role, error))
    return FALSE;
  appointment = limber_reader_by_key (reader, "appointment", limber_errand_word (errand, 0), error);
  return appointment != NULL && carry_out (errand, transaction, &appointment->id, at, &(LimberAuthor){ author, role }, error) &&
         report (errand, reader, &appointment->id, error);
}

/* check-in|did-not-attend|call|with-clinician|seen|undo APPOINTMENT [--at TIME] --as STAFF | cancel APPOINTMENT --by WHO [--why TEXT] … */
gboolean
limber_command_visit (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, do_deed, error);
}
