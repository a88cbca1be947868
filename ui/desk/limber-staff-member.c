#include "limber-staff-member.h"

#include "limber-person.h"

struct _LimberStaffMember {
  GObject    parent_instance;
  LimberRow *row;      /* (owned) */
  char      *author;   /* (owned): the id as text */
  char      *name;     /* (owned) */
  char      *initials; /* (owned) */
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_INITIALS,
  PROP_ROLE,
  PROP_NUMBER,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberStaffMember, limber_staff_member, G_TYPE_OBJECT)

static void
limber_staff_member_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LimberStaffMember *self = LIMBER_STAFF_MEMBER (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_INITIALS:
    g_value_set_string (value, self->initials);
    break;
  case PROP_ROLE:
    g_value_set_string (value, limber_staff_member_get_role (self));
    break;
  case PROP_NUMBER:
    g_value_set_string (value, limber_row_text (self->row, "number"));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
limber_staff_member_finalize (GObject *object)
{
  LimberStaffMember *self = LIMBER_STAFF_MEMBER (object);

  g_clear_object (&self->row);
  g_free (self->author);
  g_free (self->name);
  g_free (self->initials);
  G_OBJECT_CLASS (limber_staff_member_parent_class)->finalize (object);
}

static void
limber_staff_member_class_init (LimberStaffMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_staff_member_get_property;
  object_class->finalize = limber_staff_member_finalize;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_INITIALS] = g_param_spec_string ("initials", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_staff_member_init (LimberStaffMember *self)
{
}

/**
 * limber_staff_member_new:
 * @row: a row of the query "staff-with-pin"
 *
 * Returns: (transfer full): the person
 */
LimberStaffMember *
limber_staff_member_new (LimberRow *row)
{
  LimberStaffMember *self = g_object_new (LIMBER_TYPE_STAFF_MEMBER, NULL);

  self->row = g_object_ref (row);
  self->author = limber_id_dup_text (limber_row_id (row, "id"));
  self->name = limber_person_spoken (limber_row_text (row, "given"), limber_row_text (row, "family"));
  self->initials = limber_person_initials (limber_row_text (row, "given"), limber_row_text (row, "family"));
  return self;
}

const LimberId *
limber_staff_member_get_id (LimberStaffMember *self)
{
  return limber_row_id (self->row, "id");
}

const char *
limber_staff_member_get_name (LimberStaffMember *self)
{
  return self->name;
}

const char *
limber_staff_member_get_initials (LimberStaffMember *self)
{
  return self->initials;
}

/**
 * limber_staff_member_get_role:
 *
 * Returns: what the person is, in words
 */
const char *
limber_staff_member_get_role (LimberStaffMember *self)
{
  return limber_person_role (limber_row_text (self->row, "role"));
}

/**
 * limber_staff_member_author:
 *
 * Returns: who a change by this person is by; it points into the person
 */
LimberAuthor
limber_staff_member_author (LimberStaffMember *self)
{
  const char *role = limber_row_text (self->row, "role");

  return (LimberAuthor){ self->author, role != NULL ? role : "" };
}
