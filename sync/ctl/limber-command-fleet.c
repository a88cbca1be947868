/* fleet: all devices of the service, and which of them need somebody. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-fleet.h"
#include "limber-json.h"

#define DAYS_MOST 36500
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define CLOCK_SHOWN_MS 1000

/* The columns of the table: 100 letters with the spaces between them. */
static const int widths[] = { 17, 7, 7, 8, 15, 8, 6, 8, 7, 8 };

/* A text for a column: cut where it is too long. */
static void
append_cell (GString *out, guint column, const char *text)
{
  glong length = g_utf8_strlen (text, -1), width = widths[column];
  g_autofree char *cut = length > width ? g_utf8_substring (text, 0, width - 1) : NULL;

  if (column > 0)
    g_string_append_c (out, ' ');
  g_string_append_printf (out, "%s%s", cut != NULL ? cut : text, cut != NULL ? "…" : "");
  for (glong i = length; i < width && column + 1 < G_N_ELEMENTS (widths); i++)
    g_string_append_c (out, ' ');
}

/* How long ago, as short as a column. */
static char *
age_of (gint64 now, const char *iso)
{
  gint64 time = 0, minutes;

  if (iso == NULL || !limber_time_parse (iso, &time))
    return g_strdup ("–");
  minutes = MAX (0, now - time) / MINUTE_MS;
  if (minutes < 1)
    return g_strdup (_("now"));
  if (minutes < 60)
    return g_strdup_printf (_("%d min"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_("%d h"), (int) (minutes / 60));
  return g_strdup_printf (_("%ld days"), (long) (minutes / 60 / 24));
}

static char *
bytes_of (const json_t *one, const char *name)
{
  const json_t *bytes = json_object_get (one, name);
  double gigabytes = (double) json_integer_value (bytes) / 1e9;

  if (!json_is_integer (bytes))
    return g_strdup ("–");
  return gigabytes < 1 ? g_strdup_printf ("%.0f MB", gigabytes * 1000) : gigabytes < 100 ? g_strdup_printf ("%.1f GB", gigabytes) : g_strdup_printf ("%.0f GB", gigabytes);
}

static char *
clock_of (const json_t *one)
{
  const json_t *offset = json_object_get (one, "clock_offset_ms");
  gint64 ms = -json_integer_value (offset); /* as a person says it: this clock is so much fast */

  if (!json_is_integer (offset))
    return g_strdup ("–");
  if (ABS (ms) < CLOCK_SHOWN_MS)
    return g_strdup (_("right"));
  return ABS (ms) < 10 * MINUTE_MS ? g_strdup_printf ("%+ld s", (long) (ms / 1000)) : g_strdup_printf ("%+ld min", (long) (ms / MINUTE_MS));
}

/* In the last column: what matters more than the clock. */
static const char *
standing_of (const json_t *one, const char *clock)
{
  const char *leaving = limber_json_string (one, "leaving");

  if (limber_json_string (one, "left") != NULL)
    return _("gone");
  if (leaving != NULL)
    return g_str_equal (leaving, "lost") ? _("lost") : _("to go");
  return json_is_true (json_object_get (one, "revoked")) ? _("revoked") : clock;
}

static void
append_device (GString *out, const json_t *one, gint64 now)
{
  g_autofree char *seen = age_of (now, limber_json_string (one, "last_seen")), *since = age_of (now, limber_json_string (one, "unsent_since"));
  g_autofree char *unsent = json_is_integer (json_object_get (one, "unsent")) ? g_strdup_printf ("%ld", (long) limber_json_integer (one, "unsent", 0)) : g_strdup ("–");
  g_autofree char *room = bytes_of (one, "free_bytes"), *clock = clock_of (one);
  const char *cells[] = { limber_command_text (one, "name"), limber_command_text (one, "class"), limber_command_text (one, "site"), seen, limber_command_text (one, "seen_by"), limber_command_text (one, "version"),
                          unsent, since, room, standing_of (one, clock) };

  G_STATIC_ASSERT (G_N_ELEMENTS (cells) == G_N_ELEMENTS (widths));
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    append_cell (out, i, cells[i]);
  g_string_append_c (out, '\n');
}

static void
append_table (GString *out, const json_t *list, gint64 now)
{
  /* Translators: the heads of a table's columns; each should be no longer than it is here. */
  const char *const heads[] = { _("Device"), _("Class"), _("Site"), _("Seen"), _("by"), _("Version"), _("Unsent"), _("since"), _("Free"), _("Clock") };
  const json_t *one;
  gsize i, silent = 0, unsent = 0, disk = 0, n = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (heads) == G_N_ELEMENTS (widths));
  for (i = 0; i < G_N_ELEMENTS (heads); i++)
    append_cell (out, (guint) i, heads[i]);
  g_string_append_c (out, '\n');
  json_array_foreach (list, i, one)
    append_device (out, one, now);
  json_array_foreach (list, i, one) {
    const json_t *needs = json_object_get (one, "needs"), *word;
    gsize j;

    n += json_is_true (json_object_get (one, "in_use"));
    json_array_foreach (needs, j, word) {
      silent += g_str_equal (json_string_value (word), "silent");
      unsent += g_str_equal (json_string_value (word), "unsent");
      disk += g_str_equal (json_string_value (word), "disk");
    }
  }
  g_string_append_printf (out, _("%zu devices; silent for a day or more: %zu, with changes to hand over: %zu, with little room: %zu\n"), n, silent, unsent, disk);
}

/* Whether it is one of those that were asked for. @quiet: milliseconds, 0 for any */
static gboolean
is_asked_for (const json_t *one, const char *site, gint64 quiet, gint64 now)
{
  const char *seen = limber_json_string (one, "last_seen");
  gint64 time = 0;

  if (site != NULL && g_strcmp0 (limber_json_string (one, "site"), site) != 0)
    return FALSE;
  return quiet == 0 || (json_is_true (json_object_get (one, "in_use")) && (seen == NULL || !limber_time_parse (seen, &time) || now - time >= quiet));
}

typedef struct {
  LimberVitals vitals;
  gint64       quiet;
} Question;

static gboolean
read_question (LimberErrand *errand, Question *question, GError **error)
{
  const char *days = limber_errand_option (errand, "silent");
  gint64 n = 0;

  if (days != NULL && !g_ascii_string_to_signed (days, 10, 1, DAYS_MOST, &n, NULL))
    return limber_errand_usage (error, _("--silent takes a number of days"));
  question->quiet = n * LIMBER_FLEET_QUIET;
  return limber_vitals_read (errand->store, &question->vitals, error);
}

static gboolean
check_site (LimberErrand *errand, LimberReader *reader, GError **error)
{
  const char *code = limber_errand_option (errand, "site");
  g_autoptr (LimberRecord) site = code != NULL ? limber_reader_by_key (reader, "site", code, error) : NULL;

  return code == NULL || site != NULL;
}

static gboolean
read_fleet (LimberErrand *errand, LimberReader *reader, GError **error)
{
  gint64 now = limber_reader_now (reader);
  Question question;
  json_t *list;

  if (!read_question (errand, &question, error) || !check_site (errand, reader, error))
    return FALSE;
  list = limber_fleet_json (reader, &limber_store_identity (errand->store)->device, &question.vitals, LIMBER_VERSION, error);
  limber_errand_take (errand, list);
  if (list == NULL)
    return FALSE;
  for (gsize i = json_array_size (list); i > 0; i--)
    if (!is_asked_for (json_array_get (list, i - 1), limber_errand_option (errand, "site"), question.quiet, now))
      json_array_remove (list, i - 1);
  append_table (errand->text, list, now);
  return TRUE;
}

/* fleet [--site CODE] [--silent DAYS] */
gboolean
limber_command_fleet (LimberErrand *errand, GError **error)
{
  return limber_command_is_node (errand, _("Only central or a hub knows its devices"), error) && limber_errand_read (errand, read_fleet, error);
}
