/* Invariant: nothing is taken out of a text; what is known to be harmless is put together anew. So what nobody thought of stays
 * where it is. */
#include "limber-trace.h"

#include <string.h>

#include "limber-date.h"
#include "limber-id.h"
#include "limber-json.h"

/* What a field of a log's line may be. */
typedef enum {
  IS_TIME,    /* ISO 8601 */
  IS_WORD,    /* one of ours */
  IS_VERSION, /* figures and dots */
  IS_NUMBER,
  IS_DEVICE,  /* an id */
} Form;

static const struct {
  const char *name;
  Form        form;
} fields[] = { { "time", IS_TIME },           { "level", IS_WORD },      { "event", IS_WORD },    { "handler", IS_WORD }, { "status", IS_NUMBER }, { "microseconds", IS_NUMBER },
               { "received", IS_NUMBER },     { "sent", IS_NUMBER },     { "device", IS_DEVICE }, { "version", IS_VERSION }, { "class", IS_WORD },    { "reached", IS_NUMBER },
               { "error", IS_WORD },          { "domain", IS_WORD } };

/* The words of ours that may stand in a log; whatever else does is "other". */
static const char *const words[] = {
  "error", "warning", "info", "debug", "request", "central", "stopping", "started", "failed", "not-started", "message", "printed", "push", "pull", "digest", "join", "node", "wake",
  "find", "leave", "hub", "disk", "disk-full", "damaged", "busy", "newer", "refused", "format", "not-found", "ambiguous", "unreachable", "unauthorised", "departed", "usage", "limber", "GLib",
  "GLib-GIO", "GLib-GObject", "GLib-Net", "libsoup", NULL,
};

static const char *
known_word (const char *text)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      return words[i];
  return text != NULL ? "other" : NULL;
}

static gboolean
is_version (const char *text)
{
  return text != NULL && g_regex_match_simple ("^[0-9]{1,3}(\\.[0-9]{1,3}){1,3}$", text, 0, 0);
}

/* Returns: (nullable): @value as it may be told */
static json_t *
let_through (const json_t *value, Form form)
{
  const char *text = json_string_value (value);
  g_autofree char *again = NULL;
  gint64 time;
  LimberId id;

  switch (form) {
  case IS_TIME:
    again = text != NULL && limber_time_parse (text, &time) ? limber_time_to_iso (time) : NULL;
    return again != NULL ? json_string (again) : NULL;
  case IS_DEVICE:
    again = text != NULL && limber_id_parse (&id, text) ? limber_id_dup_text (&id) : NULL;
    return again != NULL ? json_string (again) : NULL;
  case IS_VERSION:
    return is_version (text) ? json_string (text) : NULL;
  case IS_NUMBER:
    return json_is_boolean (value) ? json_boolean (json_is_true (value)) : json_is_integer (value) ? json_integer (json_integer_value (value)) : NULL;
  default:
    return text != NULL ? json_string (known_word (text)) : NULL;
  }
}

static void
append_line (GString *out, const char *line, gsize length)
{
  g_autoptr (json_t) json = limber_json_parse (line, length, NULL), told = json_object ();
  g_autofree char *text = NULL;

  if (!json_is_object (json))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    const json_t *value = json_object_get (json, fields[i].name);
    json_t *now = value != NULL ? let_through (value, fields[i].form) : NULL;

    if (now != NULL)
      json_object_set_new (told, fields[i].name, now);
  }
  text = limber_json_dup (told);
  g_string_append_printf (out, "%s\n", text);
}

/**
 * limber_trace_log:
 * @text: what a journal has of the units of ours, a line each
 * @most: how many lines at most, the last ones
 *
 * Returns: (transfer full): of those that are a line of our log the fields that are figures, times, ids of devices and words of
 *   ours. A message's text is left out: by rule nothing of a person is in it, but nobody can be sure of what a library says
 */
char *
limber_trace_log (const char *text, guint most)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  for (guint i = n > most ? n - most : 0; i < n; i++) {
    const char *line = strchr (lines[i], '{'); /* after its priority */

    if (line != NULL && line - lines[i] <= 4)
      append_line (out, line, strlen (line));
  }
  return g_string_free (out, FALSE);
}

/* The first word of a line: a directive, or the end of a block. */
static char *
directive_of (const char *line)
{
  const char *from = line + strspn (line, " \t");

  return g_strndup (from, strcspn (from, " \t;{#\r"));
}

static GHashTable *
directives_of (const char *form)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit (form, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_hash_table_add (names, directive_of (lines[i]));
  g_hash_table_add (names, g_strdup ("user"));
  g_hash_table_add (names, g_strdup ("listen"));
  g_hash_table_remove (names, "");
  return names;
}

/* A directive that was filled in, or changed: its name, and the figures of what it is set to. */
static void
append_figures (GString *out, const char *directive, const char *line)
{
  g_auto (GStrv) parts = g_strsplit_set (line, " \t;:=\"", -1);

  g_string_append (out, directive);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_regex_match_simple ("^[0-9]{1,5}(k|m|s|r/s)?$", parts[i], 0, 0))
      g_string_append_printf (out, " %s", parts[i]);
  g_string_append (out, " …\n");
}

/**
 * limber_trace_nginx:
 * @text: the configuration of a node's nginx, as it is on the disk
 * @form: what it is made from
 *
 * Returns: (transfer full): the lines that @form has too; of those whose directive it knows, that, and the figures that it is set to;
 *   of others only how many there are
 */
char *
limber_trace_nginx (const char *text, const char *form)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GHashTable) known = directives_of (form);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint others = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *directive = directive_of (lines[i]);
    gboolean is_comment = strchr (lines[i], '#') != NULL && *directive == '\0';

    if (*directive == '\0' || is_comment)
      continue;
    if (g_hash_table_contains (known, directive) && strstr (form, g_strstrip (lines[i])) != NULL)
      g_string_append_printf (out, "%s\n", lines[i]);
    else if (g_hash_table_contains (known, directive))
      append_figures (out, directive, lines[i]);
    else
      others++;
  }
  g_string_append_printf (out, "# %u other lines\n", others);
  return g_string_free (out, FALSE);
}

/**
 * limber_trace_names:
 * @text: NAME=VALUE lines, as of a unit's environment
 *
 * Returns: (transfer full): which of the variables that matter to Limber it sets; a proxy's address may have a password in it
 */
json_t *
limber_trace_names (const char *text)
{
  static const char *const names[] = { "https_proxy", "http_proxy", "no_proxy", "all_proxy", "LIMBER_LOG_LEVEL", "TZ", "LANG" };
  json_t *set = json_array ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; lines[j] != NULL; j++)
      if (g_str_has_prefix (lines[j], names[i]) && lines[j][strlen (names[i])] == '=') {
        json_array_append_new (set, json_string (names[i]));
        break;
      }
  return set;
}
