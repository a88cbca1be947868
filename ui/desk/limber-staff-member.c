#include "limber-staff-member.h"

#include "limber-person.h"
#include "limber-pin.h"
#include "limber-standing.h"

struct _LimberStaffMember {
  GObject    parent_instance;
  LimberRow *row;      /* (owned) */
  char      *author;   /* (owned): the id as text */
  char      *name;     /* (owned) */
  char      *initials; /* (owned) */
  const char *journalled; /* (unowned): interned, since the writer's thread reads it: her role, as her changes are to say it now */
  gboolean    may[LIMBER_N_ACTIONS];
  gboolean    waiting; /* whether her work waits here for her */
  gint64      glass;   /* until when she has broken it, 0: she has not */
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

enum {
  STANDS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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
  signals[STANDS] = g_signal_new ("stands", LIMBER_TYPE_STAFF_MEMBER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  self->journalled = g_intern_string (limber_row_text (row, "role") != NULL ? limber_row_text (row, "role") : "");
  self->initials = limber_person_initials (limber_row_text (row, "given"), limber_row_text (row, "family"));
  return self;
}

static gboolean
read_staff (LimberReader *reader, gpointer data, GError **error)
{
  GPtrArray **rows = data;

  *rows = limber_pin_staff (reader, error);
  return *rows != NULL;
}

/**
 * limber_staff_member_find:
 *
 * Returns: (transfer full) (nullable): somebody who can sign in here
 */
LimberStaffMember *
limber_staff_member_find (LimberStore *store, const LimberId *staff)
{
  g_autoptr (GPtrArray) rows = NULL;

  limber_store_read (store, read_staff, &rows, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (limber_id_equal (limber_row_id (g_ptr_array_index (rows, i), "id"), staff))
      return limber_staff_member_new (g_ptr_array_index (rows, i));
  return NULL;
}

/**
 * limber_staff_member_set_waiting:
 * @waiting: whether her work waits here for her
 */
void
limber_staff_member_set_waiting (LimberStaffMember *self, gboolean waiting)
{
  self->waiting = waiting;
}

gboolean
limber_staff_member_get_waiting (LimberStaffMember *self)
{
  return self->waiting;
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
  return (LimberAuthor){ self->author, g_atomic_pointer_get (&self->journalled) };
}

static gboolean
read_standing (LimberReader *reader, gpointer data, GError **error)
{
  LimberStaffMember *self = data;
  g_auto (LimberStanding) standing = { 0 };
  LimberAuthor author = limber_staff_member_author (self);
  LimberId site;
  gboolean has_site = limber_reader_site (reader, &site);

  if (!limber_standing_read (&standing, reader, &author, error))
    return FALSE;
  for (guint action = 0; action < LIMBER_N_ACTIONS; action++)
    self->may[action] = limber_standing_may (&standing, action, has_site ? &site : NULL);
  self->glass = standing.glass;
  g_atomic_pointer_set (&self->journalled, g_intern_string (standing.journalled));
  return TRUE;
}

/**
 * limber_staff_member_stand:
 *
 * Reads what this person may do on this computer now, and how her changes are to be marked.
 */
void
limber_staff_member_stand (LimberStaffMember *self, LimberStore *store)
{
  if (limber_store_read (store, read_standing, self, NULL))
    g_signal_emit (self, signals[STANDS], 0);
}

/**
 * limber_staff_member_may:
 *
 * Returns: whether she may do it at this computer's site, as of limber_staff_member_stand(): for a screen, which shows what can be done. What
 *   is done asks again
 */
gboolean
limber_staff_member_may (LimberStaffMember *self, LimberAction action)
{
  return self->may[action];
}

/**
 * limber_staff_member_get_glass:
 *
 * Returns: until when she has broken the glass, milliseconds UTC; 0 when she has not
 */
gint64
limber_staff_member_get_glass (LimberStaffMember *self)
{
  return self->glass;
}
