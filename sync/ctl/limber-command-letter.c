/* letter: what is written to somebody about her appointments to come. */
#include <glib/gi18n-lib.h>

#include "limber-commands.h"
#include "limber-letter.h"

static void
add_visit (LimberErrand *errand, json_t *list, const LimberLetterVisit *visit)
{
  g_autofree char *id = limber_id_dup_text (&visit->appointment);

  json_array_append_new (list, json_pack ("{s:s, s:s, s:s*, s:s, s:s}", "appointment", id, "when", visit->when, "with", visit->with, "where", visit->where, "code", visit->code));
  g_string_append_printf (errand->text, "\n%s\n", visit->when);
  if (visit->with != NULL) /* Translators: a clinician */
    g_string_append_printf (errand->text, _("With %s\n"), visit->with);
  /* Translators: a code of ten letters and figures */
  g_string_append_printf (errand->text, _("%1$s\nCode: %2$s\n"), visit->where, visit->code);
}

static gboolean
read_letter (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_autoptr (LimberRecord) patient = limber_reader_by_key (reader, "patient", limber_errand_word (errand, 0), error);
  g_autoptr (LimberLetter) letter = patient != NULL ? limber_letter_read (reader, &patient->id, error) : NULL;
  json_t *list;

  if (letter == NULL)
    return FALSE;
  list = json_array ();
  g_string_append_printf (errand->text, "%s\n%s%s\n%s\n", letter->name, letter->address != NULL ? letter->address : "", letter->address != NULL ? "\n" : "", letter->date);
  for (guint i = 0; i < letter->visits->len; i++)
    add_visit (errand, list, g_ptr_array_index (letter->visits, i));
  limber_errand_take (errand, json_pack ("{s:s, s:s*, s:s, s:b, s:o}", "name", letter->name, "address", letter->address, "date", letter->date, "large_print", letter->large, "appointments", list));
  return TRUE;
}

/* letter PERSON */
gboolean
limber_command_letter (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, read_letter, error);
}
