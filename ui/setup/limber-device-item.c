#include "limber-device-item.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-class-words.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define CLOCK_SHOWN_MS 1000

struct _LimberDeviceItem {
  GObject     parent_instance;
  json_t     *device; /* (owned) */
  gint64      now;
  gboolean    own;    /* the computer at which somebody sits */
  LimberClass klass;
};

G_DEFINE_FINAL_TYPE (LimberDeviceItem, limber_device_item, G_TYPE_OBJECT)

static void
limber_device_item_finalize (GObject *object)
{
  json_decref (LIMBER_DEVICE_ITEM (object)->device);
  G_OBJECT_CLASS (limber_device_item_parent_class)->finalize (object);
}

static void
limber_device_item_class_init (LimberDeviceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_device_item_finalize;
}

static void
limber_device_item_init (LimberDeviceItem *self)
{
}

/**
 * limber_device_item_new:
 * @device: as limber_fleet_json() has it
 * @now: milliseconds UTC
 * @own: (nullable): the id of the computer at which somebody sits
 *
 * Returns: (transfer full): the device
 */
LimberDeviceItem *
limber_device_item_new (json_t *device, gint64 now, const char *own)
{
  LimberDeviceItem *self = g_object_new (LIMBER_TYPE_DEVICE_ITEM, NULL);

  self->device = json_incref (device);
  self->now = now;
  self->own = own != NULL && g_strcmp0 (limber_json_string (device, "device"), own) == 0;
  if (!limber_class_parse (limber_json_string (device, "class"), &self->klass))
    self->klass = 0;
  return self;
}

const char *
limber_device_item_get_id (LimberDeviceItem *self)
{
  return limber_json_string (self->device, "device");
}

const char *
limber_device_item_get_name (LimberDeviceItem *self)
{
  const char *name = limber_json_string (self->device, "name");

  return name != NULL ? name : "";
}

LimberDeviceState
limber_device_item_get_state (LimberDeviceItem *self)
{
  if (limber_json_string (self->device, "left") != NULL)
    return LIMBER_DEVICE_GONE;
  if (json_is_true (json_object_get (self->device, "revoked")))
    return LIMBER_DEVICE_SHUT_OUT;
  return limber_json_string (self->device, "leaving") != NULL ? LIMBER_DEVICE_LEAVING : LIMBER_DEVICE_IN_USE;
}

/**
 * limber_device_item_needs:
 *
 * Returns: whether somebody should look at it
 */
gboolean
limber_device_item_needs (LimberDeviceItem *self)
{
  return json_array_size (json_object_get (self->device, "needs")) > 0;
}

/**
 * limber_device_item_is_fixed:
 *
 * Returns: whether nobody lets it go from here: a hub, or this computer itself
 */
gboolean
limber_device_item_is_fixed (LimberDeviceItem *self)
{
  return self->own || self->klass == 0 || (self->klass & LIMBER_CLASS_NODES) != 0;
}

/* How long ago; (transfer full) */
static char *
age_of (LimberDeviceItem *self, const char *iso)
{
  gint64 time = 0, minutes;

  if (iso == NULL || !limber_time_parse (iso, &time))
    return g_strdup (_("not heard of yet"));
  minutes = MAX (0, self->now - time) / MINUTE_MS;
  if (minutes < 2)
    return g_strdup (_("in touch now"));
  if (minutes < 120)
    return g_strdup_printf (_("last heard of %d minutes ago"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_("last heard of %d hours ago"), (int) (minutes / 60));
  return g_strdup_printf (_("last heard of %d days ago"), (int) (minutes / 60 / 24));
}

static void
add (GString *words, const char *text)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
}

static void
add_figures (LimberDeviceItem *self, GString *words)
{
  const json_t *unsent = json_object_get (self->device, "unsent"), *room = json_object_get (self->device, "free_bytes"), *offset = json_object_get (self->device, "clock_offset_ms");
  g_autofree char *size = g_format_size ((guint64) MAX (json_integer_value (room), 0)), *free_room = g_strdup_printf (_("%s free"), size), *changes = NULL, *clock = NULL;
  gint64 ahead = -json_integer_value (offset);

  if (json_is_integer (unsent) && json_integer_value (unsent) > 0) {
    changes = g_strdup_printf (ngettext ("%ld change to hand over", "%ld changes to hand over", (gulong) json_integer_value (unsent)), (long) json_integer_value (unsent));
    add (words, changes);
  }
  if (json_is_integer (room))
    add (words, free_room);
  if (json_is_integer (offset) && ABS (ahead) >= CLOCK_SHOWN_MS) {
    /* Translators: a number of seconds. */
    clock = g_strdup_printf (ahead > 0 ? _("its clock is %ld s fast") : _("its clock is %ld s slow"), (long) (ABS (ahead) / 1000));
    add (words, clock);
  }
}

static const char *
state_words (LimberDeviceItem *self)
{
  const char *leaving = limber_json_string (self->device, "leaving");

  switch (limber_device_item_get_state (self)) {
  case LIMBER_DEVICE_GONE:
    return _("gone: it holds nothing any more");
  case LIMBER_DEVICE_SHUT_OUT:
    return g_strcmp0 (leaving, "lost") == 0 ? _("lost, and shut out") : _("shut out");
  case LIMBER_DEVICE_LEAVING:
    return _("told to go: it will, when it is next in touch and all of its work is with central");
  default:
    return self->own ? _("this computer") : NULL;
  }
}

/**
 * limber_device_item_dup_words:
 *
 * Returns: (transfer full): what it is, and how it is
 */
char *
limber_device_item_dup_words (LimberDeviceItem *self)
{
  g_autoptr (GString) words = g_string_new (limber_class_words (self->klass));
  g_autofree char *age = age_of (self, limber_json_string (self->device, "last_seen"));
  const char *state = state_words (self), *version = limber_json_string (self->device, "version");

  if (state != NULL)
    add (words, state);
  if (limber_device_item_get_state (self) == LIMBER_DEVICE_GONE)
    return g_string_free (g_steal_pointer (&words), FALSE);
  add (words, age);
  add_figures (self, words);
  if (version != NULL) {
    g_autofree char *text = g_strdup_printf (_("version %s"), version);

    add (words, text);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
