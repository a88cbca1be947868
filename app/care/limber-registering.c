#include "limber-registering.h"

#include <glib/gi18n-lib.h>

#include "limber-error.h"
#include "limber-standing.h"

/**
 * limber_registering_take_back:
 * @error: LIMBER_ERROR_REFUSED when something of hers is here already, LIMBER_ERROR_NOT_FOUND
 *
 * Says that somebody was registered by mistake. Nothing is erased: her record says so, and no search finds it.
 */
gboolean
limber_registering_take_back (LimberTransaction *transaction, const LimberId *patient, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (LimberRecord) held = limber_reader_get (reader, "patient", patient, error);
  g_autoptr (LimberEdit) edit = limber_edit_new ("patient", patient);

  if (held == NULL || !limber_standing_check_person (reader, author, LIMBER_ACTION_REGISTER, patient, error))
    return FALSE;
  if (limber_reader_count (reader, "count-ties", "d", patient) > 0)
    return limber_error_refuse (error, _("This person has an appointment, a referral or another record already. Take that back first."));
  limber_edit_set_integer (edit, "withdrawn", TRUE);
  return limber_transaction_edit (transaction, edit, author, error);
}

/**
 * limber_registering_check:
 * @error: LIMBER_ERROR_REFUSED when she was registered by mistake, LIMBER_ERROR_NOT_FOUND
 *
 * Returns: whether something may be written down about her
 */
gboolean
limber_registering_check (LimberReader *reader, const LimberId *patient, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (reader, "patient", patient, error);

  return held != NULL && (limber_record_integer (held, "withdrawn") == 0 || limber_error_refuse (error, _("The registration of this person was taken back. Register the person again first.")));
}
