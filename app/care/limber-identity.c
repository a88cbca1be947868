/* Invariant: nhs_number passes Modulus 11 or is empty; what was typed and does not pass is in nhs_typed alone, where nobody is
 * found or matched by it. */
#include "limber-identity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-nhs-number.h"
#include "limber-standing.h"
#include "limber-text.h"

#define LONGEST_TYPED 40 /* as the field has it */

static const char *
text_of (const LimberRecord *held, const char *field)
{
  return held != NULL ? limber_record_text (held, field) : NULL;
}

static void
set (LimberEdit *edit, const char *number, const char *typed, const char *status)
{
  if (number != NULL)
    limber_edit_set_text (edit, "nhs_number", number);
  else
    limber_edit_set_none (edit, "nhs_number");
  if (typed != NULL)
    limber_edit_set_text (edit, "nhs_typed", typed);
  else
    limber_edit_set_none (edit, "nhs_typed");
  limber_edit_set_word (edit, "nhs_status", status);
}

/* What can be no number is kept beside none; but it takes the place of none that can. */
static gboolean
set_typed (LimberEdit *edit, const LimberRecord *held, const char *typed, const GError *why, GError **error)
{
  g_autofree char *number = limber_nhs_number_format (text_of (held, "nhs_number"));

  if (text_of (held, "nhs_number") != NULL) {
    /* Translators: the NHS number that is held; then what is wrong with the one that was typed, a sentence without its full stop. */
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("The NHS number held, %s, can be right, and what was typed cannot. %s. Nothing was changed."), number, why->message);
    return FALSE;
  }
  if (!limber_text_is_clean (typed, LONGEST_TYPED) || strchr (typed, '\n') != NULL)
    return limber_error_refuse (error, _("What was typed as the NHS number is too long to be kept, or has something in it that cannot be shown."));
  set (edit, NULL, typed, "03");
  return TRUE;
}

/**
 * limber_identity_set_nhs_number:
 * @edit: of a patient
 * @held: (nullable): her record as it is
 * @text: what was typed; empty for no number
 * @error: LIMBER_ERROR_REFUSED when it can be no NHS number and one that can is held, or when it is too long to be kept
 *
 * Sets an NHS number that a person typed. One that passes is present and not traced (02), never verified; the number that is
 * held already keeps its status. One that does not pass is kept as it was typed and needs tracing (03). None at all is 07
 * (NHS Data Dictionary, NHS NUMBER STATUS INDICATOR CODE).
 */
gboolean
limber_identity_set_nhs_number (LimberEdit *edit, const LimberRecord *held, const char *text, GError **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (text)), *number = NULL;
  g_autoptr (GError) why = NULL;
  const char *status = text_of (held, "nhs_status");

  if (*typed == '\0') {
    set (edit, NULL, NULL, "07");
    return TRUE;
  }
  number = strlen (typed) <= LONGEST_TYPED ? limber_nhs_number_parse (typed, &why) : NULL;
  if (number == NULL) {
    if (why == NULL)
      g_set_error_literal (&why, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("That NHS number is too long: it has 10 figures"));
    return set_typed (edit, held, typed, why, error);
  }
  set (edit, number, NULL, status != NULL && g_strcmp0 (number, text_of (held, "nhs_number")) == 0 ? status : "02");
  return TRUE;
}

/**
 * limber_identity_died:
 * @patient: any of her records
 * @died: (out) (transfer full) (nullable): the day on which she died, YYYY-MM-DD, whichever of her records says it
 *
 * Returns: whether it could be looked for
 */
gboolean
limber_identity_died (LimberReader *reader, const LimberId *patient, char **died, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "person", error, "d", patient);

  *died = rows != NULL && rows->len > 0 ? g_strdup (limber_row_text (g_ptr_array_index (rows, 0), "died")) : NULL;
  return rows != NULL;
}
