#include "limber-row.h"

#include "limber-kind.h"

struct _LimberRow {
  GObject      parent;
  char       **names;   /* (owned) */
  LimberValue *columns; /* (owned) */
  guint        n;
};

G_DEFINE_FINAL_TYPE (LimberRow, limber_row, G_TYPE_OBJECT)

static void
limber_row_finalize (GObject *object)
{
  LimberRow *self = LIMBER_ROW (object);

  for (guint i = 0; i < self->n; i++)
    limber_value_clear (&self->columns[i]);
  g_free (self->columns);
  g_strfreev (self->names);
  G_OBJECT_CLASS (limber_row_parent_class)->finalize (object);
}

static void
limber_row_class_init (LimberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_row_finalize;
}

static void
limber_row_init (LimberRow *self)
{
}

/**
 * limber_row_new:
 * @names: the columns' names
 * @n: how many
 *
 * Returns: (transfer full): a row whose columns are all nothing, for its maker to fill by limber_row_column()
 */
LimberRow *
limber_row_new (const char *const *names, guint n)
{
  LimberRow *self = g_object_new (LIMBER_TYPE_ROW, NULL);

  self->n = n;
  self->columns = g_new0 (LimberValue, n);
  self->names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->names[i] = g_strdup (names[i]);
  return self;
}

/**
 * limber_row_column:
 *
 * Returns: (transfer none): the value of column @column; only the row's maker may change it
 */
LimberValue *
limber_row_column (LimberRow *row, guint column)
{
  return &row->columns[column];
}

guint
limber_row_n_columns (LimberRow *row)
{
  return row->n;
}

static const LimberValue *
find (LimberRow *row, const char *name)
{
  static const LimberValue none = LIMBER_VALUE_INIT;

  for (guint i = 0; i < row->n; i++)
    if (g_str_equal (row->names[i], name))
      return &row->columns[i];
  g_critical ("A row has no column %s", name);
  return &none;
}

/**
 * limber_row_text:
 *
 * Returns: (transfer none) (nullable): the text of the column called @name
 */
const char *
limber_row_text (LimberRow *row, const char *name)
{
  return find (row, name)->text;
}

/**
 * limber_row_integer:
 *
 * Returns: the number of the column called @name, 0 for nothing
 */
gint64
limber_row_integer (LimberRow *row, const char *name)
{
  return find (row, name)->integer;
}

/**
 * limber_row_word:
 * @name: a column that is this field of @kind, a progress
 *
 * Returns: (transfer none) (nullable): the word that it stands at, as limber_field_word()
 */
const char *
limber_row_word (LimberRow *row, const char *kind, const char *name)
{
  const LimberKind *of = limber_kind_by_name (kind);

  return limber_field_word (&of->fields[limber_kind_field (of, name)], limber_row_integer (row, name));
}

/**
 * limber_row_id:
 *
 * Returns: (transfer none) (nullable): the id of the column called @name
 */
const LimberId *
limber_row_id (LimberRow *row, const char *name)
{
  const LimberValue *value = find (row, name);

  return value->type == LIMBER_VALUE_ID ? &value->id : NULL;
}

/**
 * limber_row_has:
 *
 * Returns: whether the column called @name has a value
 */
gboolean
limber_row_has (LimberRow *row, const char *name)
{
  return find (row, name)->type != LIMBER_VALUE_NONE;
}

/**
 * limber_row_equal:
 *
 * Returns: whether two rows of one query say the same
 */
gboolean
limber_row_equal (LimberRow *a, LimberRow *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!limber_value_equal (&a->columns[i], &b->columns[i]))
      return FALSE;
  return TRUE;
}
