/* Of a restricted person nothing is shown here of where she lives or how she is reached: whoever compares sees two people. */
#include "limber-compared.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-person.h"
#include "limber-text.h"

struct _LimberCompared {
  GObject     parent_instance;
  const char *heading;
  char       *one, *other; /* (owned): what is shown, "" for nothing */
  gboolean    differ;
};

enum {
  PROP_0,
  PROP_HEADING,
  PROP_ONE,
  PROP_OTHER,
  PROP_MARK,
  PROP_DIFFER,
  PROP_DESCRIPTION,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberCompared, limber_compared, G_TYPE_OBJECT)

/* What a record says under one heading: (transfer full) (nullable). */
typedef char *(*Say) (LimberRow *row, const char *today);

/* One heading. @contact: of a restricted person it is not shown, and so not compared. */
typedef struct {
  const char *heading;
  Say         say;
  gboolean    contact;
} Fact;

static const char *
shown (const char *text)
{
  return text != NULL && *text != '\0' ? text : _("Not recorded");
}

static const char *
mark_of (LimberCompared *self)
{
  if (!self->differ)
    return "";
  return *self->one == '\0' || *self->other == '\0' ? _("Only in one") : _("Differs");
}

static void
limber_compared_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LimberCompared *self = LIMBER_COMPARED (object);

  if (id == PROP_HEADING)
    g_value_set_string (value, self->heading);
  else if (id == PROP_ONE)
    g_value_set_string (value, shown (self->one));
  else if (id == PROP_OTHER)
    g_value_set_string (value, shown (self->other));
  else if (id == PROP_MARK)
    g_value_set_string (value, mark_of (self));
  else if (id == PROP_DIFFER)
    g_value_set_boolean (value, self->differ);
  else if (self->differ)
    g_value_take_string (value, g_strdup_printf ("%s: %s · %s · %s", self->heading, shown (self->one), shown (self->other), mark_of (self)));
  else
    g_value_take_string (value, g_strdup_printf ("%s: %s · %s", self->heading, shown (self->one), shown (self->other)));
}

static void
limber_compared_finalize (GObject *object)
{
  LimberCompared *self = LIMBER_COMPARED (object);

  g_free (self->one);
  g_free (self->other);
  G_OBJECT_CLASS (limber_compared_parent_class)->finalize (object);
}

static void
limber_compared_class_init (LimberComparedClass *klass)
{
  static const char *const names[] = { NULL, "heading", "one", "other", "mark" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_compared_get_property;
  object_class->finalize = limber_compared_finalize;
  for (guint i = PROP_HEADING; i <= PROP_MARK; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_DIFFER] = g_param_spec_boolean ("differ", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_compared_init (LimberCompared *self)
{
}

static char *
say_name (LimberRow *row, const char *today)
{
  return limber_person_name (limber_row_text (row, "family"), limber_row_text (row, "given"), limber_row_text (row, "title"));
}

static char *
say_born (LimberRow *row, const char *today)
{
  return limber_person_born (limber_row_text (row, "born"), limber_row_text (row, "died"), today);
}

static char *
say_sex (LimberRow *row, const char *today)
{
  return g_strdup (limber_person_sex (limber_row_text (row, "sex")));
}

static char *
say_nhs_number (LimberRow *row, const char *today)
{
  return limber_person_nhs_words (limber_row_text (row, "nhs_number"), limber_row_text (row, "nhs_status"), limber_row_text (row, "nhs_typed"));
}

static char *
say_number (LimberRow *row, const char *today)
{
  return limber_person_number (limber_row_text (row, "provider"), limber_row_text (row, "organisation"), limber_row_text (row, "number"));
}

static char *
say_phone (LimberRow *row, const char *today)
{
  return limber_person_phones (limber_row_text (row, "mobile"), limber_row_text (row, "phone"));
}

static char *
say_address (LimberRow *row, const char *today)
{
  return limber_person_address (limber_row_text (row, "address"), limber_row_text (row, "postcode"));
}

static char *
say_practice (LimberRow *row, const char *today)
{
  return g_strdup (limber_row_text (row, "practice"));
}

static char *
say_needs (LimberRow *row, const char *today)
{
  return limber_person_needs (limber_row_text (row, "needs"), limber_row_text (row, "language"));
}

static char *
say_site (LimberRow *row, const char *today)
{
  return g_strdup (limber_row_text (row, "site_name"));
}

/* Compared without regard to case, accents and spaces, as people are. */
static gboolean
is_same (const char *one, const char *other)
{
  g_autofree char *first = limber_text_fold (one), *second = limber_text_fold (other);

  return g_str_equal (first, second);
}

static gboolean
is_hidden (const Fact *fact, LimberRow *row)
{
  return fact->contact && limber_row_integer (row, "restricted") != 0;
}

static char *
say (const Fact *fact, LimberRow *row, const char *today)
{
  char *text = is_hidden (fact, row) ? g_strdup (_("Restricted: not shown here")) : fact->say (row, today);

  return text != NULL ? text : g_strdup ("");
}

/**
 * limber_compared_list:
 * @one: a row of "person-records"
 * @other: another one
 * @today: YYYY-MM-DD, for ages
 *
 * Returns: (transfer full): a LimberCompared for each thing by which staff tell people apart
 */
GListModel *
limber_compared_list (LimberRow *one, LimberRow *other, const char *today)
{
  static const Fact facts[] = {
    { N_("Name"), say_name, FALSE },          { N_("Born"), say_born, FALSE },      { N_("Sex"), say_sex, FALSE },           { N_("NHS number"), say_nhs_number, FALSE },
    { N_("Number"), say_number, FALSE },      { N_("Telephone"), say_phone, TRUE }, { N_("Address"), say_address, TRUE },    { N_("Practice"), say_practice, TRUE },
    { N_("Needs"), say_needs, FALSE },        { N_("Site"), say_site, FALSE },
  };
  GListStore *list = g_list_store_new (LIMBER_TYPE_COMPARED);

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autoptr (LimberCompared) item = g_object_new (LIMBER_TYPE_COMPARED, NULL);

    item->heading = _(facts[i].heading);
    item->one = say (&facts[i], one, today);
    item->other = say (&facts[i], other, today);
    item->differ = !is_hidden (&facts[i], one) && !is_hidden (&facts[i], other) && !is_same (item->one, item->other);
    g_list_store_append (list, item);
  }
  return G_LIST_MODEL (list);
}
