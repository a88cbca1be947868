/* arrive and kiosk: what happens at the kiosk, and who may close it. */
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-check-in.h"
#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-exit-code.h"
#include "limber-json.h"
#include "limber-pin.h"
#include "limber-text.h"

#define LONGEST_POSTCODE 16 /* with gaps */

/**
 * limber_command_at:
 * @at: (out): what --at says, milliseconds UTC; 0 when it is not given
 * @error: LIMBER_ERROR_USAGE
 */
gboolean
limber_command_at (LimberErrand *errand, gint64 *at, GError **error)
{
  const char *told = limber_errand_option (errand, "at");

  *at = 0;
  if (told != NULL && !limber_time_parse (told, at))
    return limber_errand_usage (error, _("--at is a time: ISO 8601 with its offset, 2026-11-23T09:30:00+00:00"));
  if (told != NULL && *at == 0)
    *at = 1; /* of 1970, and not now */
  return TRUE;
}

/* The exit status of each result: 1 a reason, 3 nothing matched, 4 more than one matched. */
static int
status_of (LimberArriveResult result)
{
  switch (result) {
  case LIMBER_ARRIVE_CHECKED_IN:
  case LIMBER_ARRIVE_ALREADY:
    return 0;
  case LIMBER_ARRIVE_ASK_MORE:
    return 4;
  case LIMBER_ARRIVE_NO_MATCH:
    return 3;
  default:
    return 1;
  }
}

static const char *
words_of (const LimberArriveAnswer *answer)
{
  switch (answer->result) {
  case LIMBER_ARRIVE_CHECKED_IN:
    return _("Checked in.");
  case LIMBER_ARRIVE_ALREADY:
    return _("Checked in already.");
  case LIMBER_ARRIVE_EARLY:
    return _("Too early to check in.");
  case LIMBER_ARRIVE_LATE:
    return _("The appointment's time is over: please go to the desk.");
  case LIMBER_ARRIVE_CANCELLED:
    return _("The appointment was cancelled: please go to the desk.");
  case LIMBER_ARRIVE_ASK_MORE:
    return g_strcmp0 (answer->ask, "postcode") == 0 ? _("The postcode is needed too.") : _("The year of birth is needed too.");
  case LIMBER_ARRIVE_SEE_DESK:
    return _("Please go to the desk.");
  default:
    return _("Nobody like that is expected here today.");
  }
}

/* Figures only, at most @most of them; 0 for anything else. */
static int
number (const char *text, gsize least, gsize most)
{
  gsize length = strlen (text);

  return length >= least && length <= most && strspn (text, "0123456789") == length ? atoi (text) : 0;
}

/* D/M or D/M/YYYY */
static gboolean
read_born (const char *text, LimberArriveQuestion *question)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint n = g_strv_length (parts);
  g_autofree char *date = NULL;

  if (n < 2 || n > 3)
    return FALSE;
  question->day = number (parts[0], 1, 2);
  question->month = number (parts[1], 1, 2);
  question->year = n == 3 ? number (parts[2], 4, 4) : 0;
  date = g_strdup_printf ("%04d-%02d-%02d", n == 3 ? question->year : 2000, question->month, question->day);
  return limber_date_is_valid (date) && (n == 2 || question->year >= 1850);
}

/* @postcode: (nullable): as typed */
static gboolean
read_postcode (const char *postcode, LimberArriveQuestion *question, GError **error)
{
  g_autofree char *plain = postcode != NULL && strlen (postcode) <= LONGEST_POSTCODE ? limber_text_postcode (postcode) : NULL;

  question->postcode = (char *) postcode;
  return postcode == NULL || (plain != NULL && strchr (plain, ' ') != NULL) || limber_errand_usage (error, _("--postcode is a whole postcode: HA3 1HQ"));
}

static gboolean
read_question (LimberErrand *errand, LimberArriveQuestion *question, GError **error)
{
  const char *born = limber_errand_option (errand, "born"), *initial = limber_errand_option (errand, "initial"), *code = limber_errand_option (errand, "code");
  const char *postcode = limber_errand_option (errand, "postcode");

  if (!limber_command_at (errand, &question->at, error))
    return FALSE;
  if (code != NULL && born == NULL && initial == NULL && postcode == NULL) {
    question->code = (char *) code;
    return *code != '\0' || limber_errand_usage (error, _("--code is the code of a letter"));
  }
  if (code != NULL || born == NULL || initial == NULL)
    return limber_errand_usage (error, _("Say who comes: --born D/M or D/M/YYYY and --initial X, or --code CODE"));
  if (!read_born (born, question))
    return limber_errand_usage (error, _("--born is a day and month, or a day, month and year: 6/8 or 6/8/1954"));
  question->initial = g_utf8_get_char (initial);
  if (g_utf8_strlen (initial, -1) != 1 || !g_unichar_isalpha (question->initial))
    return limber_errand_usage (error, _("--initial is one letter: the first of the surname"));
  return read_postcode (postcode, question, error);
}

static gboolean
arrive (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberArriveQuestion question = { 0 };
  g_autoptr (LimberArriveAnswer) answer = NULL;

  if (!read_question (errand, &question, error))
    return FALSE;
  answer = limber_check_in_arrive (transaction, &question, error);
  if (answer == NULL)
    return FALSE;
  errand->status = status_of (answer->result);
  limber_errand_take (errand, limber_arrive_answer_to_json (answer));
  g_string_printf (errand->text, "%s", words_of (answer));
  for (guint i = 0; i < 4; i++) {
    static const char *const told[] = { "initials", "start", "place", "waiting_area" };
    const char *text = limber_json_string (errand->result, told[i]);

    if (text != NULL)
      g_string_append_printf (errand->text, " %s", text);
  }
  if (answer->next_start != 0) {
    g_autofree char *next = limber_time_for_staff (answer->next_start);

    /* Translators: a time, and the name of a room or a dash */
    g_string_append_printf (errand->text, _(" The next one today: %s, %s."), next, answer->next_place != NULL ? answer->next_place : "–");
  }
  if (answer->delay_minutes > 0)
    g_string_append_printf (errand->text, ngettext (" About %d minute late.", " About %d minutes late.", (gulong) answer->delay_minutes), answer->delay_minutes);
  g_string_append_c (errand->text, '\n');
  return TRUE;
}

/* arrive --born D/M[/Y] --initial X [--postcode P] [--at TIME] | arrive --code CODE [--at TIME] */
gboolean
limber_command_arrive (LimberErrand *errand, GError **error)
{
  return limber_errand_change (errand, arrive, error);
}

static gboolean
set_exit_code (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  gboolean none = limber_errand_has (errand, "none");
  g_autofree char *made = errand->input == NULL && !none ? limber_pin_make (errand->env) : NULL;

  if (!limber_exit_code_set (transaction, none ? NULL : made != NULL ? made : errand->input, error))
    return FALSE;
  limber_errand_take (errand, json_pack ("{s:b, s:s*}", "set", !none, "code", made));
  if (made != NULL)
    g_string_printf (errand->text, "%s\n", made);
  else
    g_string_assign (errand->text, none ? _("The closing code is taken away.\n") : _("The closing code is set.\n"));
  if (made != NULL)
    sodium_memzero (made, strlen (made));
  return TRUE;
}

/* kiosk code [--none] */
gboolean
limber_command_kiosk (LimberErrand *errand, GError **error)
{
  if (!g_str_equal (limber_errand_word (errand, 0), "code"))
    return limber_errand_usage (error, _("How it is used: limberctl --store DIR kiosk code [--none]"));
  return limber_errand_change (errand, set_exit_code, error);
}
