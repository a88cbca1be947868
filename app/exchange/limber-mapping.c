/* A mapping is written by hand, so whatever is wrong in one is named by its place, with what may stand there; and nothing of
 * it is passed over: a word that is misspelt would else be an instruction that is not followed. */
#include "limber-mapping.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "limber-cause.h"
#include "limber-date-form.h"
#include "limber-error.h"
#include "limber-file.h"
#include "limber-import-row.h"
#include "limber-json.h"

#define FILE_MAXIMUM (256 * 1024)
#define TEXT_MAXIMUM 200
#define WORDS_MAXIMUM 1000
#define DAYS_MAXIMUM 1000
#define SITES_MAXIMUM 1000

struct _LimberMapping {
  char       *name;  /* (owned) (nullable) */
  GHashTable *lists; /* (owned) (element-type utf8 LimberMappedList): by name, without ".csv" */
};

static gboolean refuse (GError **error, const char *place, const char *form, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, const char *place, const char *form, ...)
{
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, form);
  why = g_strdup_vprintf (form, args);
  va_end (args);
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "%s: %s", *place != '\0' ? place : _("the mapping"), why);
  return FALSE;
}

static char *
inside (const char *place, const char *name)
{
  return *place == '\0' ? g_strdup (name) : g_strdup_printf ("%s.%s", place, name);
}

/* That @value is an object with no members but those in @allowed. */
static gboolean
check_object (json_t *value, const char *place, const char *const *allowed, GError **error)
{
  const char *name;
  json_t *member;

  if (!json_is_object (value))
    return refuse (error, place, _("an object in { } must stand here"));
  json_object_foreach (value, name, member) {
    g_autofree char *all = g_strv_contains (allowed, name) ? NULL : g_strjoinv (", ", (char **) allowed);

    if (all != NULL)
      return refuse (error, place, _("“%s” is not known; there are: %s"), name, all);
  }
  return TRUE;
}

static gboolean
take_text (json_t *object, const char *name, const char *place, char **text, GError **error)
{
  json_t *value = json_object_get (object, name);
  g_autofree char *at = inside (place, name);

  if (value == NULL)
    return TRUE;
  if (!json_is_string (value) || json_string_length (value) > TEXT_MAXIMUM)
    return refuse (error, at, _("a text of at most %d letters must stand here"), TEXT_MAXIMUM);
  g_free (*text);
  *text = g_strdup (json_string_value (value));
  return TRUE;
}

static void
mapped_column_free (gpointer data)
{
  LimberMappedColumn *column = data;

  g_strfreev (column->from);
  g_free (column->shown);
  g_free (column->join);
  g_free (column->is);
  g_clear_pointer (&column->words, g_hash_table_unref);
  g_free (column->form);
  g_free (column);
}

static void
mapped_list_free (gpointer data)
{
  LimberMappedList *list = data;

  g_free (list->file);
  g_strfreev (list->sites);
  g_clear_pointer (&list->columns, g_hash_table_unref);
  g_free (list);
}

/* "Name", or ["Name", "Name"] */
static gboolean
take_names (json_t *value, gsize most, char ***names, const char *place, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n = json_is_array (value) ? json_array_size (value) : 1;

  if (n == 0 || n > most)
    return refuse (error, place, _("one to %d names must stand here"), (int) most);
  for (gsize i = 0; i < n; i++) {
    json_t *name = json_is_array (value) ? json_array_get (value, i) : value;

    if (!json_is_string (name) || json_string_length (name) == 0 || json_string_length (name) > TEXT_MAXIMUM)
      return refuse (error, place, _("a name must stand here, or a list of names in [ ]"));
    g_strv_builder_add (builder, json_string_value (name));
  }
  *names = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
take_from (LimberMappedColumn *column, json_t *value, const char *place, GError **error)
{
  if (!take_names (value, LIMBER_MAPPING_FROM_MAXIMUM, &column->from, place, error))
    return FALSE;
  column->shown = g_strjoinv (" + ", column->from);
  return TRUE;
}

static gboolean
take_words (LimberMappedColumn *column, json_t *value, const char *place, GError **error)
{
  g_autofree char *at = inside (place, "words");
  const char *theirs;
  json_t *ours;

  if (value == NULL)
    return TRUE;
  if (!json_is_object (value) || json_object_size (value) > WORDS_MAXIMUM)
    return refuse (error, at, _("an object with at most %d words must stand here, each with ours"), WORDS_MAXIMUM);
  column->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_foreach (value, theirs, ours) {
    g_autofree char *folded = g_utf8_casefold (theirs, -1);

    if (!json_is_string (ours) || json_string_length (ours) > TEXT_MAXIMUM)
      return refuse (error, at, _("“%s”: a text must stand here: our word for it"), theirs);
    if (!g_hash_table_insert (column->words, g_steal_pointer (&folded), g_strdup (json_string_value (ours))))
      return refuse (error, at, _("“%s” is there twice"), theirs);
  }
  return TRUE;
}

/* Which form a column's texts have: its own, or the list's. */
static gboolean
take_form (LimberMappedColumn *column, LimberType type, const char *dates, const char *times, const char *place, GError **error)
{
  g_autofree char *at = inside (place, "form");
  gboolean dated = type == LIMBER_TYPE_DATE;

  column->timed = type == LIMBER_TYPE_TIME;
  if (column->form != NULL && !dated && !column->timed)
    return refuse (error, at, _("this column is neither a day nor a time, and has no form"));
  if (column->form != NULL && !(dated ? limber_date_form_is_of_date (column->form) : limber_date_form_is_of_time (column->form)))
    return refuse (error, at, dated ? _("a form of a day must stand here, such as DD/MM/YYYY or DD-Mmm-YYYY") : _("a form of a day with its time must stand here, such as DD/MM/YYYY HH:mm"));
  if (column->form == NULL && (dated || column->timed))
    column->form = g_strdup (dated ? dates : times);
  return TRUE;
}

static gboolean
take_column (LimberMappedColumn *column, json_t *value, const char *place, GError **error)
{
  static const char *const allowed[] = { "from", "join", "is", "words", "form", NULL };
  g_autofree char *at = inside (place, "from");

  if (!json_is_object (value))
    return take_from (column, value, place, error);
  if (!check_object (value, place, allowed, error) || !take_text (value, "join", place, &column->join, error) || !take_text (value, "is", place, &column->is, error) ||
      !take_text (value, "form", place, &column->form, error) || !take_words (column, json_object_get (value, "words"), place, error))
    return FALSE;
  if ((column->is != NULL) == (json_object_get (value, "from") != NULL))
    return refuse (error, place, _("either “from” must stand here, with their columns, or “is”, with what it always is"));
  return column->is != NULL || take_from (column, json_object_get (value, "from"), at, error);
}

static gboolean
take_columns (LimberMappedList *mapped, const LimberImportList *list, json_t *columns, const char *dates, const char *times, const char *place, GError **error)
{
  g_autofree char *at = inside (place, "columns");
  g_auto (GStrv) allowed = limber_import_list_columns (list);
  const char *name;
  json_t *value;

  if (columns == NULL)
    return refuse (error, place, _("“columns” must stand here: ours, each with theirs"));
  if (!check_object (columns, at, (const char *const *) allowed, error))
    return FALSE;
  json_object_foreach (columns, name, value) {
    LimberMappedColumn *column = g_new0 (LimberMappedColumn, 1);
    LimberType type = limber_import_list_type (list, name);
    g_autofree char *here = inside (at, name);

    column->join = g_strdup (g_str_equal (name, "address") ? ";" : " ");
    g_hash_table_insert (mapped->columns, g_strdup (name), column);
    if (!take_column (column, value, here, error) || !take_form (column, type, dates, times, here, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_file (LimberMappedList *mapped, json_t *object, const char *place, GError **error)
{
  g_autofree char *encoding = NULL, *delimiter = NULL;
  json_t *days = json_object_get (object, "days");
  char first = ',';

  if (!take_text (object, "file", place, &mapped->file, error) || !take_text (object, "encoding", place, &encoding, error) || !take_text (object, "delimiter", place, &delimiter, error))
    return FALSE;
  if (*mapped->file == '\0' || strpbrk (mapped->file, "/?") != NULL)
    return refuse (error, place, _("“file” must be the name of a file in the folder; * in it is any letters"));
  if (encoding != NULL && !limber_encoding_parse (encoding, &mapped->encoding))
    return refuse (error, place, _("“encoding” must be UTF-8, UTF-16LE, UTF-16BE or Windows-1252; without it, it is found"));
  if (delimiter != NULL)
    first = g_str_equal (delimiter, "tab") ? '\t' : *delimiter;
  if (strchr (",;\t|", first) == NULL || first == '\0' || (delimiter != NULL && first != '\t' && delimiter[1] != '\0'))
    return refuse (error, place, _("“delimiter” must be “,”, “;”, “|” or “tab”"));
  mapped->delimiter = first;
  if (days != NULL && (!json_is_integer (days) || json_integer_value (days) < 1 || json_integer_value (days) > DAYS_MAXIMUM))
    return refuse (error, place, _("“days” must be a number from 1 to %d"), DAYS_MAXIMUM);
  mapped->days = (guint) json_integer_value (days);
  return json_object_get (object, "sites") == NULL || take_names (json_object_get (object, "sites"), SITES_MAXIMUM, &mapped->sites, place, error);
}

static gboolean
take_list (LimberMappedList *mapped, const LimberImportList *list, json_t *object, const char *place, GError **error)
{
  static const char *const with_days[] = { "file", "delimiter", "encoding", "dates", "times", "columns", "days", "sites", NULL };
  static const char *const without[] = { "file", "delimiter", "encoding", "dates", "times", "columns", NULL };
  g_autofree char *dates = NULL, *times = NULL;

  if (!check_object (object, place, g_str_equal (limber_import_list_kind (list), "appointment") ? with_days : without, error) || !take_file (mapped, object, place, error) ||
      !take_text (object, "dates", place, &dates, error) || !take_text (object, "times", place, &times, error))
    return FALSE;
  if (dates != NULL && !limber_date_form_is_of_date (dates))
    return refuse (error, place, _("“dates” must be the form of a day, such as DD/MM/YYYY or DD-Mmm-YYYY"));
  if (times != NULL && !limber_date_form_is_of_time (times))
    return refuse (error, place, _("“times” must be the form of a day with its time, such as DD/MM/YYYY HH:mm"));
  return take_columns (mapped, list, json_object_get (object, "columns"), dates, times, place, error);
}

static gboolean
take_lists (LimberMapping *mapping, json_t *lists, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) allowed = NULL;

  for (guint i = 0; limber_import_list_at (i) != NULL; i++)
    g_strv_builder_add (names, limber_import_list_name (limber_import_list_at (i)));
  allowed = g_strv_builder_end (names);
  if (lists == NULL)
    return refuse (error, "", _("“lists” must stand in it"));
  if (!check_object (lists, "lists", (const char *const *) allowed, error))
    return FALSE;
  for (guint i = 0; allowed[i] != NULL; i++) {
    json_t *object = json_object_get (lists, allowed[i]);
    g_autofree char *place = inside ("lists", allowed[i]);
    LimberMappedList *mapped;

    if (object == NULL)
      continue;
    mapped = g_new0 (LimberMappedList, 1);
    mapped->file = g_strconcat (allowed[i], ".csv", NULL);
    mapped->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mapped_column_free);
    g_hash_table_insert (mapping->lists, g_strdup (allowed[i]), mapped);
    if (!take_list (mapped, limber_import_list_at (i), object, place, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_mapping_parse:
 * @text: a mapping's text
 * @length: its length
 * @error: LIMBER_ERROR_FORMAT, naming the place in it and what may stand there
 *
 * Returns: (transfer full) (nullable): the mapping
 */
LimberMapping *
limber_mapping_parse (const char *text, gsize length, GError **error)
{
  static const char *const allowed[] = { "name", "lists", NULL };
  g_autoptr (LimberMapping) mapping = NULL;
  g_autoptr (json_t) json = NULL;

  if (length > FILE_MAXIMUM) {
    refuse (error, "", _("it is longer than 256 KiB"));
    return NULL;
  }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) { /* as some editors begin a file */
    text += 3;
    length -= 3;
  }
  json = limber_json_parse (text, length, error);
  if (json == NULL)
    return NULL;
  mapping = g_new0 (LimberMapping, 1);
  mapping->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mapped_list_free);
  if (!check_object (json, "", allowed, error) || !take_text (json, "name", "", &mapping->name, error) || !take_lists (mapping, json_object_get (json, "lists"), error))
    return NULL;
  return g_steal_pointer (&mapping);
}

/**
 * limber_mapping_load:
 * @path: a file
 * @error: LIMBER_ERROR_NOT_FOUND when it cannot be read, else as limber_mapping_parse()
 *
 * Returns: (transfer full) (nullable): the mapping
 */
LimberMapping *
limber_mapping_load (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize length;
  g_autofree char *text = limber_file_read (path, FILE_MAXIMUM, &length, &why);
  LimberMapping *mapping = text != NULL ? limber_mapping_parse (text, length, &why) : NULL;

  if (mapping == NULL)
    limber_cause_set (error, why->code, why, _("The mapping %s cannot be followed. %s"), path, why->message);
  return mapping;
}

void
limber_mapping_free (LimberMapping *mapping)
{
  g_free (mapping->name);
  g_hash_table_unref (mapping->lists);
  g_free (mapping);
}

/**
 * limber_mapping_name:
 *
 * Returns: (nullable): what it calls itself
 */
const char *
limber_mapping_name (LimberMapping *mapping)
{
  return mapping->name;
}

/**
 * limber_mapping_list:
 * @name: one of our lists, without ".csv"
 *
 * Returns: (transfer none) (nullable): how it is written; %NULL for as ours
 */
const LimberMappedList *
limber_mapping_list (LimberMapping *mapping, const char *name)
{
  return g_hash_table_lookup (mapping->lists, name);
}

static const char *
word_for (GHashTable *words, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  const char *word = g_hash_table_lookup (words, folded);

  if (word == NULL && *text != '\0')
    word = g_hash_table_lookup (words, "*");
  return word != NULL ? word : text;
}

/**
 * limber_mapped_column_read:
 * @cells: (array zero-terminated=1): what a row has in the columns that it is from, without blanks around
 * @today: YYYY-MM-DD
 * @error: LIMBER_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): what our column says
 */
char *
limber_mapped_column_read (const LimberMappedColumn *column, const char *const *cells, const char *today, GError **error)
{
  g_autoptr (GString) text = g_string_new (column->is);

  for (guint i = 0; column->is == NULL && cells[i] != NULL; i++)
    if (*cells[i] != '\0') {
      g_string_append (text, text->len > 0 ? column->join : "");
      g_string_append (text, cells[i]);
    }
  if (column->words != NULL)
    g_string_assign (text, word_for (column->words, text->str));
  if (column->form == NULL || column->is != NULL || text->len == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  return column->timed ? limber_date_form_read_time (column->form, text->str, error) : limber_date_form_read_date (column->form, text->str, today, error);
}
