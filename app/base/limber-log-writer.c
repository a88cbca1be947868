/* A line: {"time": ISO 8601 UTC, "level": word, "event": word, …}. An event of ours has fields of its own; a message of a library
 * is the event "message" with its "domain" and "text". What is written is written at once and whole, so that the last line before a crash
 * is there. */
#include "limber-log-writer.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "limber-json.h"

#define TEXT_MAXIMUM 4096

static const struct {
  GLogLevelFlags level;
  const char    *name;
  int            priority; /* as syslog(3) has it */
} levels[] = { { G_LOG_LEVEL_ERROR, "error", 3 },     { G_LOG_LEVEL_CRITICAL, "error", 3 }, { G_LOG_LEVEL_WARNING, "warning", 4 },
               { G_LOG_LEVEL_MESSAGE, "info", 6 },    { G_LOG_LEVEL_INFO, "info", 6 },      { G_LOG_LEVEL_DEBUG, "debug", 7 } };

/* Set once, before there are threads. */
static GLogLevelFlags wanted;
static gboolean to_journal;
static GMutex mutex;

static gsize
index_of (GLogLevelFlags level)
{
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (levels) && !(level & levels[i].level))
    i++;
  return i;
}

/* Whether standard error is the journal, which reads a line's priority from its beginning. */
static gboolean
is_journal (void)
{
  const char *stream = g_getenv ("JOURNAL_STREAM");
  g_autofree char *ours = NULL;
  struct stat info;

  if (stream == NULL || fstat (STDERR_FILENO, &info) != 0)
    return FALSE;
  ours = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) info.st_dev, (guint64) info.st_ino);
  return g_str_equal (stream, ours);
}

static char *
dup_now (void)
{
  gint64 now = g_get_real_time ();
  time_t seconds = (time_t) (now / G_USEC_PER_SEC);
  char text[32];
  struct tm parts;

  gmtime_r (&seconds, &parts);
  strftime (text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return g_strdup_printf ("%s.%03dZ", text, (int) (now / 1000 % 1000));
}

/* @fields: (nullable): come after what every line has */
static void
write_line (GLogLevelFlags level, const char *event, json_t *fields)
{
  gsize which = index_of (level), done = 0, length;
  g_autofree char *now = dup_now (), *text = NULL, *line = NULL;
  g_autoptr (json_t) json = json_pack ("{s:s, s:s, s:s}", "time", now, "level", levels[which].name, "event", event);

  if (fields != NULL)
    json_object_update_missing (json, fields);
  text = limber_json_dup (json);
  line = to_journal ? g_strdup_printf ("<%d>%s\n", levels[which].priority, text) : g_strconcat (text, "\n", NULL);
  length = strlen (line);
  g_mutex_lock (&mutex);
  while (done < length) {
    gssize n = write (STDERR_FILENO, line + done, length - done);

    if (n <= 0)
      break;
    done += (gsize) n;
  }
  g_mutex_unlock (&mutex);
}

static void
write_text (GLogLevelFlags level, const char *event, const char *domain, const char *message, gssize length)
{
  g_autofree char *text = g_utf8_make_valid (message, length < 0 ? (gssize) strnlen (message, TEXT_MAXIMUM) : MIN (length, TEXT_MAXIMUM));
  g_autoptr (json_t) fields = json_pack ("{s:s*, s:s}", "domain", domain, "text", g_strchomp (text));

  write_line (level, event, fields);
}

static GLogWriterOutput
on_message (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const GLogField *message = NULL, *domain = NULL;

  if (index_of (level) > index_of (wanted))
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, "MESSAGE"))
      message = &fields[i];
    else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      domain = &fields[i];
  }
  write_text (level, "message", domain != NULL && domain->length < 0 ? domain->value : NULL, message != NULL ? message->value : "", message != NULL ? message->length : 0);
  return G_LOG_WRITER_HANDLED;
}

/* What goes past the log: what GLib says before it gives up, for one. */
static void
on_printed (const char *text)
{
  write_text (G_LOG_LEVEL_CRITICAL, "printed", NULL, text, -1);
}

/**
 * limber_log_writer_parse:
 * @name: "error", "warning", "info" or "debug"
 * @most: (out): up to which level that is
 *
 * Returns: whether there is such a level
 */
gboolean
limber_log_writer_parse (const char *name, GLogLevelFlags *most)
{
  for (gsize i = G_N_ELEMENTS (levels); i > 0; i--)
    if (g_str_equal (levels[i - 1].name, name)) {
      *most = levels[i - 1].level;
      return TRUE;
    }
  return FALSE;
}

/**
 * limber_log_writer_install:
 * @most: up to which level lines are written
 *
 * Writes the log of this program from now on. To be called once, before there are threads.
 */
void
limber_log_writer_install (GLogLevelFlags most)
{
  wanted = most;
  to_journal = is_journal ();
  g_log_set_writer_func (on_message, NULL, NULL);
  g_set_printerr_handler (on_printed);
}

/**
 * limber_log_writer_event:
 * @event: what happened, a word of our own
 * @fields: (transfer full) (nullable): what belongs to it: nothing of a person, and nothing that somebody entered
 *
 * Writes a line, in a program that has said that it wants it.
 */
void
limber_log_writer_event (GLogLevelFlags level, const char *event, json_t *fields)
{
  if (wanted != 0 && index_of (level) <= index_of (wanted))
    write_line (level, event, fields);
  json_decref (fields);
}
