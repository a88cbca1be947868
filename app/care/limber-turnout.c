/* Invariant: two entries of a screen are at least LIMBER_TURNOUT_MS apart by its own clock, and none says what one before has said. The
 * meta "turnout" is what was written last: the day, when, and how many tries of that day it was about. */
#include "limber-turnout.h"

#include "limber-attempts.h"
#include "limber-date.h"

static const LimberAuthor screen_author = { "system:kiosk", "kiosk" };

typedef struct {
  char   day[LIMBER_DATE_LENGTH + 1]; /* "" for never */
  gint64 at;
  gint64 tries;
} Written;

typedef struct {
  gint64 matched, failed, sent, paused;
} Counts;

static void
read_written (LimberReader *reader, Written *written)
{
  g_autofree char *text = limber_reader_meta (reader, "turnout");
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " ", 3) : NULL;

  *written = (Written){ "", 0, 0 };
  if (parts == NULL || g_strv_length (parts) != 3 || !limber_date_is_valid (parts[0]))
    return;
  g_strlcpy (written->day, parts[0], sizeof written->day);
  written->at = g_ascii_strtoll (parts[1], NULL, 10);
  written->tries = g_ascii_strtoll (parts[2], NULL, 10);
}

static void
count_day (LimberReader *reader, const char *day, Counts *counts)
{
  static const char *const matched[] = { "checked-in", NULL }, *const failed[] = { "no-match", NULL }, *const paused[] = { "begun", NULL };
  static const char *const sent[] = { "late", "cancelled", "see-desk", NULL };
  gint64 from, until;

  *counts = (Counts){ 0 };
  if (!limber_date_bounds (day, &from, &until))
    return;
  counts->matched = limber_attempts_count (reader, LIMBER_TURNOUT_TRY, from, until, matched);
  counts->failed = limber_attempts_count (reader, LIMBER_TURNOUT_TRY, from, until, failed);
  counts->sent = limber_attempts_count (reader, LIMBER_TURNOUT_TRY, from, until, sent);
  counts->paused = limber_attempts_count (reader, LIMBER_TURNOUT_PAUSE, from, until, paused);
}

static gint64
tries_of (const Counts *counts)
{
  return counts->matched + counts->failed + counts->sent;
}

/* Of which day something is to be written: the one before, if the last of it was not, then today. */
static gboolean
find_day (LimberReader *reader, const Written *written, char day[LIMBER_DATE_LENGTH + 1], Counts *counts)
{
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_reader_now (reader), today);
  if (*written->day != '\0' && !g_str_equal (written->day, today)) {
    count_day (reader, written->day, counts);
    if (tries_of (counts) > written->tries) {
      g_strlcpy (day, written->day, LIMBER_DATE_LENGTH + 1);
      return TRUE;
    }
  }
  count_day (reader, today, counts);
  g_strlcpy (day, today, LIMBER_DATE_LENGTH + 1);
  return tries_of (counts) > (g_str_equal (written->day, today) ? written->tries : 0);
}

/* A clock that was set back since is no reason to be silent. */
static gboolean
has_waited (LimberReader *reader, const Written *written)
{
  gint64 since = limber_reader_now (reader) - written->at;

  return since < 0 || since >= LIMBER_TURNOUT_MS;
}

static gboolean
is_screen (LimberReader *reader, LimberId *site)
{
  return limber_reader_class (reader) == LIMBER_CLASS_KIOSK && limber_reader_site (reader, site);
}

/**
 * limber_turnout_is_due:
 *
 * Returns: whether this is a public screen that has something to write down, and may
 */
gboolean
limber_turnout_is_due (LimberReader *reader)
{
  char day[LIMBER_DATE_LENGTH + 1];
  Written written;
  Counts counts;
  LimberId site;

  read_written (reader, &written);
  return is_screen (reader, &site) && has_waited (reader, &written) && find_day (reader, &written, day, &counts);
}

static gboolean
write_counts (LimberTransaction *transaction, const LimberId *device, const LimberId *site, const char *day, const Counts *counts, GError **error)
{
  g_autoptr (LimberEdit) edit = NULL;
  LimberId id;

  limber_id_init_beside (&id, device, "turnout", day, NULL);
  edit = limber_edit_new ("turnout", &id);
  limber_edit_set_id (edit, "device", device);
  limber_edit_set_id (edit, "site", site);
  limber_edit_set_text (edit, "day", day);
  limber_edit_set_integer (edit, "matched", counts->matched);
  limber_edit_set_integer (edit, "failed", counts->failed);
  limber_edit_set_integer (edit, "sent", counts->sent);
  limber_edit_set_integer (edit, "paused", counts->paused);
  return limber_transaction_edit (transaction, edit, &screen_author, error);
}

/**
 * limber_turnout_write:
 *
 * Writes down what this screen has counted, if that is due; else does nothing.
 */
gboolean
limber_turnout_write (LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  g_autofree char *device_text = limber_reader_meta (reader, "device"), *text = NULL;
  char day[LIMBER_DATE_LENGTH + 1];
  LimberId device, site;
  Written written;
  Counts counts;

  read_written (reader, &written);
  if (!is_screen (reader, &site) || !has_waited (reader, &written) || !limber_id_parse (&device, device_text) || !find_day (reader, &written, day, &counts))
    return TRUE;
  text = g_strdup_printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, day, limber_transaction_now (transaction), tries_of (&counts));
  return write_counts (transaction, &device, &site, day, &counts, error) && limber_transaction_set_meta (transaction, "turnout", text, error);
}

static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  *(gboolean *) data = limber_turnout_is_due (reader);
  return TRUE;
}

static gboolean
write_due (LimberTransaction *transaction, gpointer data, GError **error)
{
  return limber_turnout_write (transaction, error);
}

static void
on_due (GObject *source, GAsyncResult *result, gpointer data)
{
  if (limber_store_read_finish (LIMBER_STORE (source), result, NULL) && *(gboolean *) limber_store_read_data (result))
    limber_store_write_async (LIMBER_STORE (source), write_due, NULL, NULL, NULL, NULL, NULL);
}

/**
 * limber_turnout_when_due:
 *
 * To be called now and then (LIMBER_TURNOUT_LOOK) by the program of a public screen. Nobody waits for it.
 */
void
limber_turnout_when_due (LimberStore *store)
{
  limber_store_read_async (store, read_due, g_new0 (gboolean, 1), g_free, NULL, on_due, NULL);
}
