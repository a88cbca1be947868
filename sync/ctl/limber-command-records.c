/* list, get and put: the records themselves. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-commands.h"
#include "limber-date.h"
#include "limber-deed.h"
#include "limber-error.h"
#include "limber-identity.h"
#include "limber-json.h"
#include "limber-standing.h"

/* A condition that the store cannot look for itself. */
typedef struct {
  guint  field;    /* of the kind */
  gint64 from, to; /* a time: from ≤ value < to */
  char  *text;     /* (owned) (nullable): a computed field's text */
} Filter;

typedef struct {
  LimberErrand       *errand;
  const LimberKind *kind;
  GPtrArray        *fields;  /* (owned) (element-type utf8): that the store looks for */
  GArray           *values;  /* (owned): LimberValue */
  GArray           *filters; /* (owned): Filter */
  gboolean          has_id;
  LimberId          id;
  gboolean          nothing; /* a condition names what is not here */
  LimberClass       klass;
  guint             n;
} List;

static void
filter_clear (Filter *filter)
{
  g_free (filter->text);
}

static void
list_clear (List *list)
{
  g_ptr_array_unref (list->fields);
  g_array_unref (list->values);
  g_array_unref (list->filters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

/**
 * limber_command_kind:
 * @error: LIMBER_ERROR_USAGE, naming the kinds that there are
 *
 * Returns: (transfer none) (nullable): the kind that a call names
 */
const LimberKind *
limber_command_kind (const char *name, GError **error)
{
  const LimberKind *kind = limber_kind_by_name (name);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;
  const LimberKind *const *kinds = limber_kinds (&n);

  for (guint i = 0; kind == NULL && i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kinds[i]->name);
  if (kind == NULL)
    limber_errand_usage (error, _("There is no kind “%s”. The kinds are: %s"), name, names->str);
  return kind;
}

/* A reference said by the target's key becomes its id: FALSE without an error when there is no such record. */
static gboolean
find_target (LimberReader *reader, const LimberField *field, const char *text, LimberId *id, GError **error)
{
  g_autoptr (LimberRecord) record = NULL;
  g_autoptr (GError) why = NULL;

  if (limber_id_parse (id, text))
    return TRUE;
  if (field->target == NULL || limber_kind_key (limber_kind_by_name (field->target)) == NULL)
    return limber_errand_usage (error, _("%s: say which by its id"), field->name);
  record = limber_reader_by_key (reader, field->target, text, &why);
  if (record != NULL)
    *id = record->id;
  else if (!g_error_matches (why, LIMBER_ERROR, LIMBER_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&why));
  return record != NULL;
}

static gboolean
add_condition (List *list, LimberReader *reader, guint i, const char *text, GError **error)
{
  const LimberField *field = &list->kind->fields[i];
  LimberValue value = LIMBER_VALUE_INIT;
  Filter filter = { i, 0, 0, NULL };
  g_autoptr (GError) why = NULL;
  LimberId id;

  if (!limber_field_is_stored (field) || (field->type == LIMBER_TYPE_TIME && limber_date_bounds (text, &filter.from, &filter.to))) {
    filter.text = limber_field_is_stored (field) ? NULL : g_strdup (text);
    g_array_append_val (list->filters, filter);
    return TRUE;
  }
  if (field->type == LIMBER_TYPE_REFERENCE && *text != '\0') {
    if (!find_target (reader, field, text, &id, &why)) {
      list->nothing = why == NULL;
      if (why != NULL)
        g_propagate_error (error, g_steal_pointer (&why));
      return list->nothing;
    }
    limber_value_set_id (&value, &id);
  } else if (!limber_field_parse (field, text, &value, &why)) {
    limber_value_clear (&value);
    return limber_errand_usage (error, "%s", why->message);
  }
  g_ptr_array_add (list->fields, g_strdup (field->name));
  g_array_append_val (list->values, value);
  return TRUE;
}

/* "field=value" */
static gboolean
read_condition (List *list, LimberReader *reader, const char *word, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  int i = name != NULL ? limber_kind_field (list->kind, name) : -1;

  if (equals == NULL)
    return limber_errand_usage (error, _("“%s”: write field=value"), word);
  if (g_str_equal (name, "id")) {
    list->has_id = TRUE;
    return limber_id_parse (&list->id, equals + 1) || limber_errand_usage (error, _("“%s” is not an id"), equals + 1);
  }
  if (i < 0 || (list->kind->fields[i].flags & LIMBER_FIELD_SECRET))
    return limber_errand_usage (error, _("%s has no field “%s”"), list->kind->name, name);
  return add_condition (list, reader, (guint) i, equals + 1, error);
}

static gboolean
passes (const List *list, const LimberRecord *record)
{
  if (list->has_id && !limber_id_equal (&record->id, &list->id))
    return FALSE;
  for (guint i = 0; i < list->filters->len; i++) {
    const Filter *filter = &g_array_index (list->filters, Filter, i);
    const LimberValue *value = &record->values[filter->field];
    g_autofree char *computed = filter->text != NULL ? list->kind->fields[filter->field].compute (&record->id) : NULL;

    if (filter->text != NULL ? !g_str_equal (computed, filter->text) : value->type != LIMBER_VALUE_INTEGER || value->integer < filter->from || value->integer >= filter->to)
      return FALSE;
  }
  return TRUE;
}

/* A record on one line: its id and what is not empty. */
static char *
record_to_line (const LimberRecord *record, LimberClass klass)
{
  g_autoptr (json_t) object = limber_record_to_json (record, klass);
  GString *line = g_string_new (NULL);
  const char *name;
  json_t *value;

  json_object_foreach (object, name, value) {
    g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value)) : json_is_null (value) ? NULL : limber_json_dup (value);

    if (text == NULL || *text == '\0')
      continue;
    g_strdelimit (text, "\n", ';');
    g_string_append_printf (line, line->len == 0 ? "%.0s%s" : "  %s=%s", name, text);
  }
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

static gboolean
print_record (const LimberRecord *record, gpointer data)
{
  List *list = data;
  g_autofree char *text = NULL;

  if (!passes (list, record))
    return TRUE;
  if (list->errand->json) {
    g_autoptr (json_t) object = limber_record_to_json (record, list->klass);

    text = limber_json_dup (object);
    limber_errand_print (list->errand, list->n > 0 ? ",\n" : "\n");
  } else
    text = record_to_line (record, list->klass);
  limber_errand_print (list->errand, text);
  list->n++;
  return TRUE;
}

static gboolean
list_records (LimberErrand *errand, LimberReader *reader, GError **error)
{
  g_auto (List) list = { errand, NULL, g_ptr_array_new_with_free_func (g_free), g_array_new (FALSE, TRUE, sizeof (LimberValue)), g_array_new (FALSE, TRUE, sizeof (Filter)),
                         FALSE, { { 0 } }, FALSE, limber_reader_class (reader), 0 };

  g_array_set_clear_func (list.values, (GDestroyNotify) limber_value_clear);
  g_array_set_clear_func (list.filters, (GDestroyNotify) filter_clear);
  list.kind = limber_command_kind (limber_errand_word (errand, 0), error);
  if (list.kind == NULL)
    return FALSE;
  for (guint i = 1; i < errand->words->len; i++)
    if (!read_condition (&list, reader, limber_errand_word (errand, i), error))
      return FALSE;
  g_ptr_array_add (list.fields, NULL);
  if (errand->json)
    limber_errand_print (errand, "[");
  if (!list.nothing && !limber_reader_list (reader, list.kind->name, (const char *const *) list.fields->pdata, (const LimberValue *) list.values->data, print_record, &list, error))
    return FALSE;
  if (errand->json)
    limber_errand_print (errand, list.n > 0 ? "\n]\n" : "]\n");
  return TRUE;
}

/* list KIND [field=value …] */
gboolean
limber_command_list (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, list_records, error);
}

static void
record_to_text (json_t *object, GString *out)
{
  const char *name;
  json_t *value;

  json_object_foreach (object, name, value) {
    g_autofree char *text = json_is_string (value) ? g_strdup (json_string_value (value)) : json_is_null (value) ? g_strdup ("") : limber_json_dup (value);

    g_string_append_printf (out, "%s: %s\n", name, g_strdelimit (text, "\n", ';'));
  }
}

static gboolean
get_record (LimberErrand *errand, LimberReader *reader, GError **error)
{
  const LimberKind *kind = limber_command_kind (limber_errand_word (errand, 0), error);
  g_autoptr (LimberRecord) record = kind != NULL ? limber_reader_by_key (reader, kind->name, limber_errand_word (errand, 1), error) : NULL;

  if (record == NULL)
    return FALSE;
  limber_errand_take (errand, limber_record_to_json (record, limber_reader_class (reader)));
  record_to_text (errand->result, errand->text);
  return TRUE;
}

/* get KIND ID */
gboolean
limber_command_get (LimberErrand *errand, GError **error)
{
  return limber_errand_read (errand, get_record, error);
}

/**
 * limber_command_author:
 * @required: whether --as must be given
 * @author: (out) (transfer full): who changes something, as a LimberAuthor has it
 * @role: (out) (transfer full): the role that allows it
 * @error: LIMBER_ERROR_USAGE, LIMBER_ERROR_NOT_FOUND, or LIMBER_ERROR_UNAUTHORISED for somebody who has left
 *
 * Reads --as: a member of staff's id or number. Without it, where it need not be given, the change is limberctl's own.
 */
gboolean
limber_command_author (LimberErrand *errand, LimberReader *reader, gboolean required, char **author, char **role, GError **error)
{
  const char *as = limber_errand_option (errand, "as");
  g_autoptr (LimberRecord) staff = NULL;
  g_auto (LimberStanding) standing = { 0 };

  if (as == NULL && required)
    return limber_errand_usage (error, _("Say who makes this change: --as STAFF, an id or a staff number"));
  if (as == NULL) {
    *author = g_strdup ("system:limberctl");
    *role = g_strdup ("set-up");
    return TRUE;
  }
  staff = limber_reader_by_key (reader, "staff", as, error);
  if (staff == NULL)
    return FALSE;
  *author = limber_id_dup_text (&staff->id);
  if (!limber_standing_read (&standing, reader, &(LimberAuthor){ *author, limber_record_text (staff, "role") }, error)) {
    g_clear_pointer (author, g_free);
    return FALSE;
  }
  *role = g_strdup (standing.journalled);
  return TRUE;
}

/* A value as people say it: an NHS number with its spaces, a reference by its key. @held: (nullable): the record as it is */
static gboolean
set_field (LimberEdit *edit, LimberReader *reader, const LimberRecord *held, const char *name, const char *text, GError **error)
{
  int i = limber_kind_field (limber_edit_kind (edit), name);
  const LimberField *field = i >= 0 ? &limber_edit_kind (edit)->fields[i] : NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) why = NULL;
  LimberId id;

  if (field != NULL && (field->flags & LIMBER_FIELD_SECRET))
    return limber_errand_usage (error, _("%s: it is not set in this way"), name);
  if (g_str_equal (name, "nhs_number") && g_str_equal (limber_edit_kind (edit)->name, "patient"))
    return limber_identity_set_nhs_number (edit, held, text, error);
  if (g_str_equal (name, "nhs_status") && g_str_equal (text, "01")) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: only the national service says that a number is verified"), name);
    return FALSE;
  }
  if (field != NULL && field->type == LIMBER_TYPE_REFERENCE && *text != '\0') {
    if (!find_target (reader, field, text, &id, &why)) {
      if (why != NULL)
        g_propagate_error (error, g_steal_pointer (&why));
      else
        g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s: there is no %s called “%s” here"), name, field->target, text);
      return FALSE;
    }
    said = limber_id_dup_text (&id);
  }
  return limber_edit_parse (edit, name, said != NULL ? said : text, error);
}

/* What a word of the call says of field @name; NULL when none does. */
static const char *
said_of (LimberErrand *errand, guint first, const char *name)
{
  gsize length = strlen (name);

  for (guint i = first; i < errand->words->len; i++) {
    const char *word = limber_errand_word (errand, i);

    if (strncmp (word, name, length) == 0 && word[length] == '=')
      return word + length + 1;
  }
  return NULL;
}

/* A new record with a key has its id from that key, as an import would make it, so that two machines make the same. */
static gboolean
new_id (LimberErrand *errand, LimberReader *reader, const LimberKind *kind, LimberId *id, GError **error)
{
  const LimberField *key = limber_kind_key (kind);
  const char *said = key != NULL ? said_of (errand, 1, key->name) : NULL;
  g_autoptr (LimberRecord) held = NULL;

  if (said == NULL || *said == '\0') {
    limber_id_init_new (id, limber_reader_env (reader));
    return TRUE;
  }
  held = limber_reader_by_key (reader, kind->name, said, NULL);
  if (held != NULL) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is already a %s called “%s”"), kind->name, said);
    return FALSE;
  }
  limber_id_init_from_key (id, &limber_store_identity (errand->store)->organisation, "import", kind->name, said, NULL);
  return TRUE;
}

/* A record of a person's is that person's site's, a site itself its own, and what is new is made here. */
static gboolean
may_do (LimberReader *reader, const LimberKind *kind, const LimberRecord *held, LimberAction action, const LimberAuthor *author, GError **error)
{
  const LimberId *patient = held != NULL ? limber_record_patient (held) : NULL;

  if (held == NULL)
    return limber_standing_check_here (reader, author, action, error);
  if (limber_kind_field (kind, "site") >= 0 && limber_record_id (held, "site") != NULL)
    return limber_standing_check (reader, author, action, limber_record_id (held, "site"), error);
  if (patient != NULL)
    return limber_standing_check_person (reader, author, action, patient, error);
  return limber_standing_check (reader, author, action, g_str_equal (kind->name, "site") ? &held->id : NULL, error);
}

/* Some fields have a right of their own, which nobody has over herself. */
static gboolean
may_set (LimberReader *reader, const LimberKind *kind, const LimberRecord *held, const char *field, const LimberAuthor *author, GError **error)
{
  const LimberDeed *deed = held != NULL ? limber_deed_of_field (kind->name, field) : NULL;
  LimberId self;

  if (deed != NULL && (deed->when & LIMBER_DEED_IF_OTHERS) && limber_id_parse (&self, author->author) && limber_id_equal (&self, g_str_equal (kind->name, "staff") ? &held->id : limber_record_id (held, "staff")))
    return limber_error_refuse (error, _("Nobody changes that of herself. Ask another manager or administrator."));
  return deed == NULL || may_do (reader, kind, held, deed->action, author, error);
}

static gboolean
put_record (LimberErrand *errand, LimberTransaction *transaction, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  const LimberKind *kind = limber_command_kind (limber_errand_word (errand, 0), error);
  const char *which = kind != NULL && strchr (limber_errand_word (errand, 1), '=') == NULL ? limber_errand_word (errand, 1) : NULL;
  g_autoptr (LimberRecord) held = which != NULL ? limber_reader_by_key (reader, kind->name, which, error) : NULL;
  g_autoptr (LimberEdit) edit = NULL;
  g_autofree char *author = NULL, *role = NULL, *text = NULL;
  LimberId id;

  if (kind == NULL || (which != NULL && held == NULL) || !limber_command_author (errand, reader, TRUE, &author, &role, error) ||
      !may_do (reader, kind, held, limber_action_of_kind (kind->name, held == NULL), &(LimberAuthor){ author, role }, error))
    return FALSE;
  if (held != NULL)
    id = held->id;
  else if (!new_id (errand, reader, kind, &id, error))
    return FALSE;
  edit = limber_edit_new (kind->name, &id);
  for (guint i = held != NULL ? 2 : 1; i < errand->words->len; i++) {
    const char *word = limber_errand_word (errand, i), *equals = strchr (word, '=');
    g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;

    if (name == NULL)
      return limber_errand_usage (error, _("“%s”: write field=value"), word);
    if (!may_set (reader, kind, held, name, &(LimberAuthor){ author, role }, error) || !set_field (edit, reader, held, name, equals + 1, error))
      return FALSE;
  }
  if (!limber_transaction_edit (transaction, edit, &(LimberAuthor){ author, role }, error))
    return FALSE;
  text = limber_id_dup_text (&id);
  limber_errand_take (errand, json_pack ("{s:s}", "id", text));
  g_string_printf (errand->text, "%s\n", text);
  return TRUE;
}

/* put KIND [ID] field=value … --as STAFF */
gboolean
limber_command_put (LimberErrand *errand, GError **error)
{
  if (limber_kind_by_name (limber_errand_word (errand, 0)) == NULL)
    return limber_command_kind (limber_errand_word (errand, 0), error) != NULL;
  if (limber_errand_word (errand, 1) == NULL)
    return limber_errand_usage (error, _("Say what to set: field=value"));
  return limber_errand_change (errand, put_record, error);
}
