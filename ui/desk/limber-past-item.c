#include "limber-past-item.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-person.h"

enum {
  PROP_0,
  PROP_WHEN,
  PROP_WHAT,
  PROP_BEFORE,
  PROP_AFTER,
  PROP_WHO,
  PROP_FATE,
  PROP_DESCRIPTION,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

struct _LimberPastItem {
  GObject parent_instance;
  char   *texts[N_PROPS]; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LimberPastItem, limber_past_item, G_TYPE_OBJECT)

static void
limber_past_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, LIMBER_PAST_ITEM (object)->texts[id]);
}

static void
limber_past_item_finalize (GObject *object)
{
  for (guint i = 0; i < N_PROPS; i++)
    g_free (LIMBER_PAST_ITEM (object)->texts[i]);
  G_OBJECT_CLASS (limber_past_item_parent_class)->finalize (object);
}

static void
limber_past_item_class_init (LimberPastItemClass *klass)
{
  static const char *const names[] = { NULL, "when", "what", "before", "after", "who", "fate", "description" };

  G_OBJECT_CLASS (klass)->get_property = limber_past_item_get_property;
  G_OBJECT_CLASS (klass)->finalize = limber_past_item_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
limber_past_item_init (LimberPastItem *self)
{
}

static char *
when_of (const json_t *change)
{
  gint64 at = limber_json_integer (change, "time", 0);
  char day[LIMBER_DATE_LENGTH + 1];
  g_autofree char *date = NULL, *time = limber_time_for_staff (at);

  limber_date_of_time (at, day);
  date = limber_date_for_staff (day);
  return g_strdup_printf ("%s %s", date, time);
}

static gboolean
is_role (const char *author)
{
  return author != NULL && !g_str_equal (author, "patient") && !g_str_has_prefix (author, "system:");
}

static char *
who_of (const json_t *change)
{
  const char *who = limber_json_string (change, "who"), *where = limber_json_string (change, "where"), *role = limber_json_string (change, "role");
  GString *text = g_string_new (who != NULL ? who : _("Somebody elsewhere; the central service knows who"));

  if (role != NULL && is_role (limber_json_string (change, "author")))
    g_string_append_printf (text, " · %s", limber_person_role (role));
  if (where != NULL)
    g_string_append_printf (text, " · %s", where);
  return g_string_free (text, FALSE);
}

static const char *
after_of (const json_t *change)
{
  const char *after = limber_json_string (change, "after_words");

  if (json_is_true (json_object_get (change, "withheld")))
    return _("Not shown: this person is restricted");
  return after != NULL ? after : _("What it said is kept no more, or only elsewhere");
}

/* What was there before is said where it is known, and was anything. */
static char *
before_of (const json_t *change)
{
  const char *before = limber_json_string (change, "before");

  /* Translators: what a detail of a person was before it was changed. */
  return before != NULL && *before != '\0' ? g_strdup_printf (_("Before: %s"), limber_json_string (change, "before_words")) : g_strdup ("");
}

static const char *
fate_of (const json_t *change)
{
  return g_strcmp0 (limber_json_string (change, "fate"), "lost") == 0 ? _("Did not stand: somebody else changed it at the same time") : "";
}

/**
 * limber_past_item_new:
 * @change: one of the "changes" of limber_past_json()
 */
LimberPastItem *
limber_past_item_new (const json_t *change)
{
  LimberPastItem *self = g_object_new (LIMBER_TYPE_PAST_ITEM, NULL);
  const char *what = limber_json_string (change, "label");

  self->texts[PROP_WHEN] = when_of (change);
  self->texts[PROP_WHAT] = g_strdup (what != NULL ? what : _("A change"));
  self->texts[PROP_BEFORE] = before_of (change);
  self->texts[PROP_AFTER] = g_strdup (after_of (change));
  self->texts[PROP_WHO] = who_of (change);
  self->texts[PROP_FATE] = g_strdup (fate_of (change));
  self->texts[PROP_DESCRIPTION] = g_strjoin (" · ", self->texts[PROP_WHEN], self->texts[PROP_WHAT], self->texts[PROP_AFTER], self->texts[PROP_BEFORE], self->texts[PROP_WHO], self->texts[PROP_FATE], NULL);
  return self;
}
