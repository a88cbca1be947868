#include "limber-board-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"

/**
 * limber_board_words_place:
 * @call: of the query "calls"
 *
 * Returns: (transfer full): where to go
 */
char *
limber_board_words_place (LimberRow *call)
{
  const char *place = limber_row_text (call, "place_name");

  return g_strdup (place != NULL ? place : _("Please come to the desk"));
}

/* Of a number each letter and the figures apart: "A 17" is read as it is meant, "A17" as a road. Of a name no full stop. */
static char *
spoken_name (LimberRow *call)
{
  const char *shown = limber_row_text (call, "shown");
  gsize letters = strcspn (shown, "0123456789");
  GString *text = g_string_new (NULL);

  if (!limber_row_integer (call, "numbered")) {
    g_string_append_len (text, shown, (gssize) strlen (shown) - g_str_has_suffix (shown, "."));
    return g_string_free (text, FALSE);
  }
  for (gsize i = 0; i < letters; i++)
    g_string_append_printf (text, "%c ", shown[i]);
  g_string_append (text, shown + letters);
  return g_string_free (text, FALSE);
}

/**
 * limber_board_words_spoken:
 * @call: of the query "calls"
 *
 * Returns: (transfer full): what is called out
 */
char *
limber_board_words_spoken (LimberRow *call)
{
  g_autofree char *who = spoken_name (call);
  const char *place = limber_row_text (call, "place_name");
  gboolean numbered = limber_row_integer (call, "numbered") != 0;

  if (place == NULL) /* Translators: called out in the waiting room; %s is a number as "A 17", or a name as "Declan O" */
    return g_strdup_printf (numbered ? _("Number %s, please come to the desk.") : _("%s, please come to the desk."), who);
  /* Translators: called out in the waiting room; the first %s is a number as "A 17", or a name as "Declan O", the second a room as "Room 2" */
  return g_strdup_printf (numbered ? _("Number %1$s, please go to %2$s.") : _("%1$s, please go to %2$s."), who, place);
}

/**
 * limber_board_words_notice:
 *
 * Returns: (transfer full): a sentence
 */
char *
limber_board_words_notice (const LimberNotice *notice)
{
  g_autofree char *time = limber_time_for_public (notice->start);

  switch (notice->about) {
  case LIMBER_NOTICE_LATE_WITH:
  case LIMBER_NOTICE_LATE_IN:
    /* Translators: on the waiting-room screen; a first name or a room, and a number of minutes */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s is about %2$d minute late, sorry", "%1$s is about %2$d minutes late, sorry", (gulong) notice->minutes), notice->text, notice->minutes);
  default:
    /* Translators: on the waiting-room screen; a room, and a time as 10am */
    return g_strdup_printf (_("Exercise class · %1$s · %2$s"), notice->text, time);
  }
}
