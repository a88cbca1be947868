#include "limber-notice.h"

#include <string.h>

#include "limber-calling.h"
#include "limber-date.h"
#include "limber-delay.h"
#include "limber-json.h"
#include "limber-projection.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
/* A class is spoken of from so long before it begins until so long after. */
#define AHEAD (60 * MINUTE)
#define AFTER (15 * MINUTE)
#define CLASSES 2
#define LATE 3

static const char *const abouts[] = { "class", "with", "in" };

static void
add_text (json_t *list, LimberNoticeAbout about, gint64 number, const char *text)
{
  g_autofree char *line = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", abouts[about], number, text);

  json_array_append_new (list, json_string (line));
}

static gboolean
add_classes (json_t *list, LimberReader *reader, const LimberId *site, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "classes-at-site", error, "dii", site, now - AFTER, now + AHEAD);

  for (guint i = 0; rows != NULL && i < MIN (rows->len, CLASSES); i++)
    add_text (list, LIMBER_NOTICE_CLASS, limber_row_integer (g_ptr_array_index (rows, i), "start"), limber_row_text (g_ptr_array_index (rows, i), "place"));
  return rows != NULL;
}

/* Whether it is said already, as of two clinicians in one room. */
static gboolean
is_said (const json_t *list, const char *text)
{
  for (gsize i = 1; i < json_array_size (list); i++)
    if (g_str_has_suffix (json_string_value (json_array_get (list, i)), text))
      return TRUE;
  return FALSE;
}

static gboolean
add_one_late (json_t *list, LimberReader *reader, LimberRow *row, gint64 now, GError **error)
{
  gboolean named = limber_call_by_parse (limber_row_text (row, "call_by")) == LIMBER_CALL_BY_NAME;
  const char *text = limber_row_text (row, named ? "given" : "place");
  g_autoptr (LimberRecord) appointment = limber_reader_get (reader, "appointment", limber_row_id (row, "appointment"), error);
  g_autoptr (GArray) turns = appointment != NULL ? limber_turns_of (reader, appointment, error) : NULL;
  g_autofree char *end = text != NULL ? g_strconcat (" ", text, NULL) : NULL;
  int minutes;

  if (turns == NULL)
    return FALSE;
  minutes = limber_delay_minutes (turns, NULL, now);
  if (minutes > 0 && text != NULL && !is_said (list, end))
    add_text (list, named ? LIMBER_NOTICE_LATE_WITH : LIMBER_NOTICE_LATE_IN, minutes, text);
  return TRUE;
}

static gboolean
add_late (json_t *list, LimberReader *reader, const LimberId *site, gint64 now, GError **error)
{
  gsize most = json_array_size (list) + LATE;
  char today[LIMBER_DATE_LENGTH + 1];
  gint64 from, until;
  g_autoptr (GPtrArray) rows = NULL;

  limber_date_of_time (now, today);
  limber_date_bounds (today, &from, &until);
  rows = limber_reader_query (reader, "clinicians-at-site", error, "diii", site, from, until - 1, now);
  for (guint i = 0; rows != NULL && i < rows->len && json_array_size (list) < most; i++)
    if (!add_one_late (list, reader, g_ptr_array_index (rows, i), now, error))
      return FALSE;
  return rows != NULL;
}

/**
 * limber_notice_make:
 * @site: a site that has a waiting-room screen
 * @now: milliseconds UTC
 *
 * Returns: (transfer full) (nullable): what is to be said there now, for limber_notice_parse()
 */
char *
limber_notice_make (LimberReader *reader, const LimberId *site, gint64 now, GError **error)
{
  g_autoptr (json_t) list = json_array ();
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  json_array_append_new (list, json_string (today));
  return add_classes (list, reader, site, now, error) && add_late (list, reader, site, now, error) ? limber_json_dup (list) : NULL;
}

static void
notice_free (gpointer data)
{
  g_free (((LimberNotice *) data)->text);
  g_free (data);
}

static void
read_line (GPtrArray *notices, const char *line, gint64 now)
{
  g_auto (GStrv) words = g_strsplit (line != NULL ? line : "", " ", 3);
  gint64 number = g_strv_length (words) == 3 ? g_ascii_strtoll (words[1], NULL, 10) : 0;

  for (guint i = 0; number > 0 && i < G_N_ELEMENTS (abouts); i++) {
    LimberNotice *notice;

    if (!g_str_equal (words[0], abouts[i]) || (i == LIMBER_NOTICE_CLASS && now > number + AFTER))
      continue;
    notice = g_new0 (LimberNotice, 1);
    notice->about = (LimberNoticeAbout) i;
    notice->start = i == LIMBER_NOTICE_CLASS ? number : 0;
    notice->minutes = i == LIMBER_NOTICE_CLASS ? 0 : (int) MIN (number, 24 * 60);
    notice->text = g_strdup (words[2]);
    g_ptr_array_add (notices, notice);
  }
}

/**
 * limber_notice_parse:
 * @list: (nullable): what limber_notice_make() made
 * @now: milliseconds UTC; what is of another day is not said any more
 *
 * Returns: (transfer full) (element-type LimberNotice): what is to be said
 */
GPtrArray *
limber_notice_parse (const char *list, gint64 now)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func (notice_free);
  g_autoptr (json_t) json = list != NULL ? limber_json_parse (list, strlen (list), NULL) : NULL;
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (now, today);
  if (json_is_array (json) && g_strcmp0 (json_string_value (json_array_get (json, 0)), today) == 0)
    for (gsize i = 1; i < json_array_size (json); i++)
      read_line (notices, json_string_value (json_array_get (json, i)), now);
  return notices;
}

/**
 * limber_notice_is_due:
 * @due: (out): whether the waiting-room screens of any site are to say now something else than they do
 */
gboolean
limber_notice_is_due (LimberReader *reader, gboolean *due, GError **error)
{
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "sites-with-board", error, "");

  *due = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len && !*due; i++) {
    const LimberId *site = limber_row_id (g_ptr_array_index (rows, i), "site");
    g_autofree char *said = limber_projection_notices (reader, site), *notices = limber_notice_make (reader, site, limber_reader_now (reader), error);

    if (notices == NULL)
      return FALSE;
    *due = g_strcmp0 (notices, said) != 0;
  }
  return rows != NULL;
}

/**
 * limber_notice_renew:
 *
 * Finds what the waiting-room screens of every site that has any are to say now, and tells those for whom it is something else.
 */
gboolean
limber_notice_renew (LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autoptr (GPtrArray) rows = limber_reader_query (reader, "sites-with-board", error, "");

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LimberId *site = limber_row_id (g_ptr_array_index (rows, i), "site");
    g_autofree char *notices = limber_notice_make (reader, site, limber_transaction_now (transaction), error);

    if (notices == NULL || !limber_projection_set_notices (transaction, site, notices, error))
      return FALSE;
  }
  return rows != NULL;
}
