#include "limber-hit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-person.h"
#include "limber-text.h"

struct _LimberHit {
  GObject      parent_instance;
  LimberRow   *person; /* (owned) */
  LimberVisit *visit;  /* (owned) (nullable) */
  char        *name;   /* (owned) */
  char        *today;  /* (owned): YYYY-MM-DD */
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_DETAILS,
  PROP_DOUBT,
  PROP_TODAY,
  PROP_DOES,
  PROP_DESCRIPTION,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberHit, limber_hit, G_TYPE_OBJECT)

/* The first line and the postcode: with the birth date and the number all that tells people of one name apart. */
static char *
address_of (LimberHit *self)
{
  const char *address = limber_row_text (self->person, "address"), *postcode = limber_row_text (self->person, "postcode");
  g_autofree char *line = address != NULL ? g_strndup (address, strcspn (address, "\n")) : g_strdup (""), *code = postcode != NULL ? limber_text_postcode (postcode) : g_strdup ("");

  if (limber_row_integer (self->person, "restricted") != 0)
    return g_strdup (_("Address restricted"));
  if (*line == '\0' && *code == '\0')
    return g_strdup (_("Address not recorded"));
  return g_strdup_printf ("%s%s%s", line, *line != '\0' && *code != '\0' ? ", " : "", code);
}

static char *
details_of (LimberHit *self)
{
  g_autofree char *born = limber_person_born (limber_row_text (self->person, "born"), limber_row_text (self->person, "died"), self->today);
  g_autofree char *number = limber_person_nhs_number (limber_row_text (self->person, "nhs_number")), *address = limber_hit_is_namesake (self) ? address_of (self) : NULL;

  return g_strjoin (" · ", born, number, address, NULL);
}

static const char *
doubt_of (LimberHit *self)
{
  if (limber_hit_is_namesake (self))
    return _("Same name as somebody else: check the date of birth");
  return limber_hit_is_doubtful (self) ? _("Not quite what was typed") : "";
}

static char *
today_of (LimberHit *self)
{
  g_autofree char *time = NULL, *with = NULL, *status = NULL;

  if (self->visit == NULL)
    return g_strdup (_("No appointment here today"));
  time = limber_time_for_staff (limber_visit_get_start (self->visit));
  with = limber_visit_dup_with (self->visit);
  status = limber_visit_dup_status_text (self->visit);
  /* Translators: a time, whom the person sees, the status of the appointment. */
  return g_strdup_printf (_("%s with %s · %s"), time, with, status);
}

static const char *
does (LimberHit *self)
{
  return self->visit != NULL && limber_visit_can_check_in (self->visit) && !limber_hit_is_doubtful (self) ? _("Check in") : _("Open");
}

static char *
describe (LimberHit *self)
{
  g_autofree char *details = details_of (self), *today = today_of (self);
  const char *doubt = doubt_of (self);

  return *doubt != '\0' ? g_strjoin (" · ", self->name, doubt, details, today, NULL) : g_strjoin (" · ", self->name, details, today, NULL);
}

static void
limber_hit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LimberHit *self = LIMBER_HIT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_DETAILS:
    g_value_take_string (value, details_of (self));
    break;
  case PROP_DOUBT:
    g_value_set_string (value, doubt_of (self));
    break;
  case PROP_TODAY:
    g_value_take_string (value, today_of (self));
    break;
  case PROP_DOES:
    g_value_set_string (value, does (self));
    break;
  case PROP_DESCRIPTION:
    g_value_take_string (value, describe (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
limber_hit_finalize (GObject *object)
{
  LimberHit *self = LIMBER_HIT (object);

  g_clear_object (&self->person);
  g_clear_object (&self->visit);
  g_free (self->name);
  g_free (self->today);
  G_OBJECT_CLASS (limber_hit_parent_class)->finalize (object);
}

static void
limber_hit_class_init (LimberHitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const char *const names[] = { NULL, "name", "details", "doubt", "today", "does", "description" };

  object_class->get_property = limber_hit_get_property;
  object_class->finalize = limber_hit_finalize;
  for (guint i = 1; i < N_PROPS; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_hit_init (LimberHit *self)
{
}

/**
 * limber_hit_new:
 * @person: what the search found
 * @visit: (nullable): her visit of today here
 * @today: YYYY-MM-DD, for the age
 *
 * Returns: (transfer full): the hit
 */
LimberHit *
limber_hit_new (LimberRow *person, LimberVisit *visit, const char *today)
{
  LimberHit *self = g_object_new (LIMBER_TYPE_HIT, NULL);

  self->person = g_object_ref (person);
  g_set_object (&self->visit, visit);
  self->name = limber_person_name_called (limber_row_text (person, "family"), limber_row_text (person, "given"), limber_row_text (person, "title"), limber_row_text (person, "preferred"));
  self->today = g_strdup (today);
  return self;
}

const LimberId *
limber_hit_get_patient (LimberHit *self)
{
  return limber_row_id (self->person, "patient");
}

/**
 * limber_hit_get_visit:
 *
 * Returns: (transfer none) (nullable): her visit of today here
 */
LimberVisit *
limber_hit_get_visit (LimberHit *self)
{
  return self->visit;
}

const char *
limber_hit_get_name (LimberHit *self)
{
  return self->name;
}

/**
 * limber_hit_is_namesake:
 *
 * Returns: whether somebody else who was found is called the same
 */
gboolean
limber_hit_is_namesake (LimberHit *self)
{
  return limber_row_integer (self->person, "same_name") != 0;
}

/**
 * limber_hit_is_doubtful:
 *
 * Returns: whether it is easily another who is meant, so that nobody is checked in before somebody has looked
 */
gboolean
limber_hit_is_doubtful (LimberHit *self)
{
  return limber_hit_is_namesake (self) || limber_row_integer (self->person, "near") != 0;
}
