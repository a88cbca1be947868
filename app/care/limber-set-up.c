#include "limber-set-up.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"
#include "limber-person.h"
#include "limber-standing.h"

typedef struct {
  guint       field;  /* of the kind */
  LimberValue value;  /* (owned) */
  LimberValue before; /* (owned) */
} Change;

struct _LimberSetUp {
  const LimberKind *kind;
  LimberId  id;
  gboolean  is_new;
  LimberId  about;   /* made from the record and the first field */
  GArray   *changes; /* (owned): Change */
  char     *words;   /* (owned) (nullable) */
  LimberPlanning *plan; /* (owned) (nullable): instead of fields of a record */
};

static void
change_clear (Change *change)
{
  limber_value_clear (&change->value);
  limber_value_clear (&change->before);
}

static LimberSetUp *
make (const char *kind, const LimberId *id, gboolean is_new)
{
  LimberSetUp *self = g_atomic_rc_box_new0 (LimberSetUp);

  self->kind = limber_kind_by_name (kind);
  self->id = *id;
  self->is_new = is_new;
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, (GDestroyNotify) change_clear);
  return self;
}

/**
 * limber_set_up_new:
 * @kind: site, place or staff
 * @id: of the record that is changed
 *
 * Returns: (transfer full): a change of nothing yet
 */
LimberSetUp *
limber_set_up_new (const char *kind, const LimberId *id)
{
  return make (kind, id, FALSE);
}

/* What it is to belong to. */
static void
add_site (LimberSetUp *self, const LimberId *site)
{
  g_autofree char *text = site != NULL ? limber_id_dup_text (site) : NULL;

  if (text != NULL)
    limber_set_up_add (self, "site", text, text, NULL);
}

/**
 * limber_set_up_new_place:
 * @site: whose it will be
 *
 * Returns: (transfer full): a new room without a name yet
 */
LimberSetUp *
limber_set_up_new_place (LimberEnv *env, const LimberId *site)
{
  LimberSetUp *self;
  LimberId id;

  limber_id_init_new (&id, env);
  self = make ("place", &id, TRUE);
  add_site (self, site);
  limber_set_up_add (self, "closed", NULL, "yes", NULL); /* taken back, it is closed */
  return self;
}

/**
 * limber_set_up_new_staff:
 * @organisation: whose numbers these are
 * @number: hers; her record has its id from it, as when a list brings her
 * @site: (nullable): where she works; %NULL for every site
 *
 * Returns: (transfer full): somebody new without a name yet
 */
LimberSetUp *
limber_set_up_new_staff (const LimberId *organisation, const char *number, const LimberId *site)
{
  LimberSetUp *self;
  LimberId id;

  limber_id_init_from_key (&id, organisation, "import", "staff", number, NULL);
  self = make ("staff", &id, TRUE);
  limber_set_up_add (self, "number", number, number, NULL);
  add_site (self, site);
  limber_set_up_add (self, "left", NULL, "yes", NULL);
  return self;
}

/**
 * limber_set_up_new_plan:
 * @plan: (transfer full): a clinic or closed days
 *
 * Returns: (transfer full): that, as a change to how a site is set up; it has no fields
 */
LimberSetUp *
limber_set_up_new_plan (LimberPlanning *plan, LimberEnv *env)
{
  LimberSetUp *self;
  LimberId id;

  limber_id_init_new (&id, env);
  self = make ("clinic", &id, FALSE);
  self->about = id;
  self->plan = plan;
  return self;
}

LimberSetUp *
limber_set_up_ref (LimberSetUp *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (LimberSetUp *self)
{
  g_array_unref (self->changes);
  g_free (self->words);
  g_clear_pointer (&self->plan, limber_planning_free);
}

void
limber_set_up_unref (LimberSetUp *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * limber_set_up_add:
 * @field: of the kind
 * @value: (nullable): what it is to be, as limber_field_parse() reads it; %NULL for nothing
 * @before: (nullable): what the person saw there; of what is made new, what stands there when it is taken back
 * @error: LIMBER_ERROR_REFUSED when @value cannot be one of the field's
 *
 * Adds one field to the change.
 */
gboolean
limber_set_up_add (LimberSetUp *self, const char *field, const char *value, const char *before, GError **error)
{
  int i = limber_kind_field (self->kind, field);
  Change change = { .field = (guint) i };

  g_return_val_if_fail (i >= 0, FALSE);
  if (!limber_field_parse (&self->kind->fields[i], value != NULL ? value : "", &change.value, error))
    return FALSE;
  if (!limber_field_parse (&self->kind->fields[i], before != NULL ? before : "", &change.before, error)) {
    limber_value_clear (&change.value);
    return FALSE;
  }
  if (self->changes->len == 0)
    limber_id_init_beside (&self->about, &self->id, "set-up", field, NULL);
  g_array_append_val (self->changes, change);
  return TRUE;
}

/**
 * limber_set_up_say:
 * @words: what a person is told when it is done: a sentence without its full stop
 */
void
limber_set_up_say (LimberSetUp *self, const char *words)
{
  g_free (self->words);
  self->words = g_strdup (words);
}

/**
 * limber_set_up_words:
 *
 * Returns: (nullable): what a person is told when it is done
 */
const char *
limber_set_up_words (LimberSetUp *self)
{
  return self->words;
}

/**
 * limber_set_up_about:
 *
 * Returns: what is the same for two changes of the same field, and for no others
 */
const LimberId *
limber_set_up_about (LimberSetUp *self)
{
  return &self->about;
}

/**
 * limber_set_up_may:
 * @author: who would like to set something up
 * @error: LIMBER_ERROR_UNAUTHORISED
 *
 * Returns: whether she may set up the site of this store, or of any where it has none
 */
gboolean
limber_set_up_may (LimberReader *reader, const LimberAuthor *author, GError **error)
{
  return limber_standing_check_here (reader, author, LIMBER_ACTION_SETTINGS, error);
}

/* By the right to what it is. */
static gboolean
check_right (const LimberSetUp *self, LimberReader *reader, const LimberAuthor *author, GError **error)
{
  const char *kind = self->kind->name;

  return limber_standing_check_here (reader, author, g_str_equal (kind, "staff") ? LIMBER_ACTION_STAFF : g_str_equal (kind, "place") ? LIMBER_ACTION_ROOMS : LIMBER_ACTION_SETTINGS, error);
}

static const Change *
change_of (const LimberSetUp *self, const char *field)
{
  int wanted = limber_kind_field (self->kind, field);

  for (guint i = 0; i < self->changes->len; i++)
    if ((int) g_array_index (self->changes, Change, i).field == wanted)
      return &g_array_index (self->changes, Change, i);
  return NULL;
}

/* What @field will be when @self is written; (nullable) */
static const LimberValue *
value_then (const LimberSetUp *self, gboolean back, const LimberRecord *held, const char *field)
{
  const Change *change = change_of (self, field);

  if (change != NULL)
    return back ? &change->before : &change->value;
  return held != NULL ? &held->values[limber_kind_field (self->kind, field)] : NULL;
}

/* Nobody has said otherwise since the person looked, or since it was done. */
static gboolean
check_unchanged (const LimberSetUp *self, gboolean back, const LimberRecord *held, GError **error)
{
  for (guint i = 0; i < self->changes->len; i++) {
    const Change *change = &g_array_index (self->changes, Change, i);
    const LimberField *field = &self->kind->fields[change->field];
    g_autofree char *now = NULL;

    if (limber_value_equal (&held->values[change->field], back ? &change->value : &change->before))
      continue;
    now = limber_field_to_text (field, &held->values[change->field]);
    if (now == NULL || *now == '\0')
      g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Somebody else has changed this meanwhile: nothing stands there now. Nothing of yours was saved: look, and say it again."));
    else
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("Somebody else has changed this meanwhile: now it is “%s”. Nothing of yours was saved: look, and say it again."), now);
    return FALSE;
  }
  return TRUE;
}

typedef struct {
  const LimberId *but;
  const char     *name;
  gboolean        found;
} Namesake;

static gboolean
is_namesake (const LimberRecord *place, gpointer data)
{
  Namesake *namesake = data;
  g_autofree char *here = g_utf8_casefold (limber_record_text (place, "name"), -1), *there = g_utf8_casefold (namesake->name, -1);

  namesake->found = limber_record_integer (place, "closed") == 0 && !limber_id_equal (&place->id, namesake->but) && g_str_equal (here, there);
  return !namesake->found;
}

/* Two rooms in use with one name would send people to the wrong one. */
static gboolean
check_place (LimberTransaction *transaction, const LimberSetUp *self, gboolean back, const LimberRecord *held, GError **error)
{
  static const char *const fields[] = { "site", NULL };
  const LimberValue *name = value_then (self, back, held, "name"), *closed = value_then (self, back, held, "closed"), *site = value_then (self, back, held, "site");
  Namesake namesake = { &self->id, name != NULL ? name->text : NULL, FALSE };

  if (namesake.name == NULL || site == NULL || (closed != NULL && closed->integer != 0))
    return TRUE;
  if (!limber_reader_list (limber_transaction_reader (transaction), "place", fields, site, is_namesake, &namesake, error))
    return FALSE;
  if (namesake.found)
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("There is a room called “%s” here already."), namesake.name);
  return !namesake.found;
}

/* Whoever sets up stays who does: nobody shuts herself out, so that there is always one who can. */
static gboolean
check_staff (const LimberSetUp *self, const LimberAuthor *author, GError **error)
{
  LimberId id;

  if (!limber_id_parse (&id, author->author) || !limber_id_equal (&id, &self->id) || (change_of (self, "role") == NULL && change_of (self, "left") == NULL))
    return TRUE;
  return limber_error_refuse (error, _("This is about yourself: another manager must do it, so that somebody can always set things up."));
}

static gboolean
check_new (const LimberSetUp *self, const LimberRecord *held, GError **error)
{
  g_autofree char *name = NULL;

  if (held == NULL)
    return TRUE;
  if (!g_str_equal (self->kind->name, "staff"))
    return limber_error_refuse (error, _("This is there already."));
  name = limber_person_spoken (limber_record_text (held, "given"), limber_record_text (held, "family"));
  g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_REFUSED, _("%s has this staff number already. Whoever left can come back: choose her in the list."), name);
  return FALSE;
}

/* What has to be done because of it is said with what was done. */
static gboolean
write_plan (LimberTransaction *transaction, LimberSetUp *self, gboolean back, const LimberAuthor *author, GError **error)
{
  g_autofree char *warning = NULL, *words = NULL;

  if (!limber_planning_write (transaction, self->plan, back, author, error))
    return FALSE;
  warning = back ? NULL : limber_planning_warn (limber_transaction_reader (transaction), self->plan);
  words = warning != NULL ? g_strdup_printf ("%s. %s", self->words, warning) : NULL;
  if (words != NULL)
    limber_set_up_say (self, words);
  return TRUE;
}

/**
 * limber_set_up_write:
 * @back: whether to take it back
 * @author: who does it
 * @error: LIMBER_ERROR_UNAUTHORISED; LIMBER_ERROR_REFUSED, in her words; then nothing was changed
 *
 * Writes a change, or takes it back.
 */
gboolean
limber_set_up_write (LimberTransaction *transaction, LimberSetUp *self, gboolean back, const LimberAuthor *author, GError **error)
{
  LimberReader *reader = limber_transaction_reader (transaction);
  gboolean makes = self->is_new && !back;
  g_autoptr (LimberEdit) edit = limber_edit_new (self->kind->name, &self->id);
  g_autoptr (LimberRecord) held = NULL;

  if (self->plan != NULL)
    return write_plan (transaction, self, back, author, error);
  if (!check_right (self, reader, author, error) || !limber_reader_find (reader, self->kind, &self->id, &held, error))
    return FALSE;
  if (makes ? !check_new (self, held, error) : held == NULL ? !limber_error_refuse (error, _("This is not there any more.")) : !check_unchanged (self, back, held, error))
    return FALSE;
  if (g_str_equal (self->kind->name, "place") ? !check_place (transaction, self, back, held, error) : g_str_equal (self->kind->name, "staff") && !check_staff (self, author, error))
    return FALSE;
  for (guint i = 0; i < self->changes->len; i++) {
    const Change *change = &g_array_index (self->changes, Change, i);

    if (!limber_value_equal (&change->value, &change->before) || makes)
      limber_edit_set_value (edit, self->kind->fields[change->field].name, back ? &change->before : &change->value);
  }
  return limber_transaction_edit (transaction, edit, author, error);
}
