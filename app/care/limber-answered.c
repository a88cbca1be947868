/* A row is one of the queries "answers-of-visit" and "answers-of-person". The answers are read with the form that
 * was asked; where that is not here, or is of a newer Limber, it is said how many there are. */
#include "limber-answered.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-json.h"
#include "limber-response.h"

static LimberResponse *
read_response (LimberRow *row)
{
  const char *form_text = limber_row_text (row, "form"), *answers = limber_row_text (row, "answers");
  g_autoptr (LimberQuestionnaire) form = form_text != NULL ? limber_questionnaire_parse (form_text, strlen (form_text), NULL) : NULL;
  g_autoptr (json_t) json = answers != NULL ? limber_json_parse (answers, strlen (answers), NULL) : NULL;

  return form != NULL && json != NULL ? limber_response_from_json (form, json) : NULL;
}

static char *
answer_words (const LimberItem *item, int answer, const char *language)
{
  if (item->type == LIMBER_ITEM_BOOLEAN)
    return g_strdup (answer ? _("Yes") : _("No"));
  if (item->type == LIMBER_ITEM_CHOICE)
    return g_strdup (limber_form_text_in (&limber_item_option (item, answer)->text, language));
  if (item->has_maximum && item->has_minimum && item->minimum == 0)
    /* Translators: an answer on a scale: "6 of 10". */
    return g_strdup_printf (_("%d of %d"), answer, item->maximum);
  return g_strdup_printf ("%d", answer);
}

/**
 * limber_answered_words:
 *
 * Returns: (transfer full): "Pain today: 6 of 10 · Since last time: Worse"; "" where nothing was answered or it cannot be read
 */
char *
limber_answered_words (LimberRow *row)
{
  g_autoptr (LimberResponse) response = read_response (row);
  const char *language = g_get_language_names ()[0];
  GString *words = g_string_new (NULL);

  for (guint i = 0; response != NULL && i < limber_response_form (response)->items->len; i++) {
    const LimberItem *item = limber_questionnaire_item (limber_response_form (response), i);
    const LimberFormText *name = item->brief.text != NULL ? &item->brief : &item->text;
    g_autofree char *said = NULL;
    int answer;

    if (!limber_response_get (response, i, &answer))
      continue;
    said = answer_words (item, answer, language);
    g_string_append_printf (words, "%s%s: %s", words->len > 0 ? " · " : "", limber_form_text_in (name, language), said);
  }
  return g_string_free (words, FALSE);
}

/**
 * limber_answered_state:
 *
 * Returns: (transfer full): how far she came, "stopped after 1 of 3"; "" where she came to the end
 */
char *
limber_answered_state (LimberRow *row)
{
  const char *status = limber_row_text (row, "status");
  int answered = (int) limber_row_integer (row, "n_answered"), asked = (int) limber_row_integer (row, "n_asked");

  if (limber_row_integer (row, "in_person"))
    return g_strdup (_("would rather be asked by a person"));
  if (g_strcmp0 (status, "stopped") == 0)
    /* Translators: how many questions of how many somebody answered before she left. */
    return g_strdup_printf (_("stopped after %d of %d"), answered, asked);
  if (g_strcmp0 (status, "in-progress") == 0)
    return g_strdup_printf (_("%d of %d so far"), answered, asked);
  return g_strdup (answered == 0 ? _("skipped all questions") : "");
}

/**
 * limber_answered_line:
 *
 * Returns: (transfer full): what she answered, and how far she came where that was not the end
 */
char *
limber_answered_line (LimberRow *row)
{
  g_autofree char *words = limber_answered_words (row), *state = limber_answered_state (row);
  const char *title = limber_row_text (row, "title");
  int answered = (int) limber_row_integer (row, "n_answered");

  if (*words == '\0' && answered > 0) {
    g_free (words);
    words = g_strdup_printf (ngettext ("%s: %d answer", "%s: %d answers", (gulong) answered), title != NULL ? title : limber_row_text (row, "url"), answered);
  }
  if (*words == '\0' || *state == '\0')
    return g_strdup (*words != '\0' ? words : state);
  return g_strdup_printf ("%s · %s", words, state);
}
