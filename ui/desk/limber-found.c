#include "limber-found.h"

#include <glib/gi18n-lib.h>

#include "limber-json.h"
#include "limber-person.h"

enum {
  PROP_0,
  PROP_NAME,
  PROP_DETAILS,
  PROP_PLACE,
  PROP_MARK,
  PROP_DESCRIPTION,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

struct _LimberFound {
  GObject  parent_instance;
  LimberId patient;
  char    *texts[N_PROPS]; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LimberFound, limber_found, G_TYPE_OBJECT)

static void
limber_found_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id > PROP_0 && id < N_PROPS)
    g_value_set_string (value, LIMBER_FOUND (object)->texts[id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
limber_found_finalize (GObject *object)
{
  LimberFound *self = LIMBER_FOUND (object);

  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (limber_found_parent_class)->finalize (object);
}

static void
limber_found_class_init (LimberFoundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const char *const names[] = { NULL, "name", "details", "place", "mark", "description" };

  object_class->get_property = limber_found_get_property;
  object_class->finalize = limber_found_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_found_init (LimberFound *self)
{
}

static char *
details_of (const json_t *person, const char *today)
{
  g_autofree char *born = limber_person_born (limber_json_string (person, "born"), limber_json_string (person, "died"), today), *number = NULL;
  const char *end = limber_json_string (person, "nhs_end");

  if (end == NULL)
    return g_steal_pointer (&born);
  /* Translators: the last four figures of an NHS number */
  number = g_strdup_printf (_("NHS No. ends %s"), end);
  return g_strdup_printf ("%s · %s", born, number);
}

static char *
place_of (const json_t *person)
{
  const char *outward = limber_json_string (person, "outward"), *practice = limber_json_string (person, "practice");

  if (json_is_true (json_object_get (person, "restricted")))
    return g_strdup (_("Address and practice are restricted"));
  if (outward != NULL && practice != NULL)
    return g_strdup_printf ("%s · %s", outward, practice);
  return g_strdup (outward != NULL ? outward : practice != NULL ? practice : "");
}

static const char *
mark_of (const json_t *person)
{
  if (limber_json_string (person, "mark") != NULL)
    return limber_json_string (person, "mark");
  if (limber_json_string (person, "died") != NULL)
    return _("Recorded as having died");
  return json_is_true (json_object_get (person, "here")) ? _("On this site’s list already") : "";
}

/**
 * limber_found_new:
 * @person: one of the "people" of an answer (app/care/limber-find.h); a "mark" says what else there is to say of her
 * @today: YYYY-MM-DD, for the age
 *
 * Returns: (transfer full): the person
 */
LimberFound *
limber_found_new (const json_t *person, const char *today)
{
  LimberFound *self = g_object_new (LIMBER_TYPE_FOUND, NULL);

  limber_id_parse (&self->patient, limber_json_string (person, "id"));
  self->texts[PROP_NAME] = limber_person_name_called (limber_json_string (person, "family"), limber_json_string (person, "given"), limber_json_string (person, "title"), limber_json_string (person, "preferred"));
  self->texts[PROP_DETAILS] = details_of (person, today);
  self->texts[PROP_PLACE] = place_of (person);
  self->texts[PROP_MARK] = g_strdup (mark_of (person));
  self->texts[PROP_DESCRIPTION] = g_strjoin (" · ", self->texts[PROP_NAME], self->texts[PROP_DETAILS], self->texts[PROP_PLACE], *self->texts[PROP_MARK] != '\0' ? self->texts[PROP_MARK] : NULL, NULL);
  return self;
}

const LimberId *
limber_found_get_patient (LimberFound *self)
{
  return &self->patient;
}
