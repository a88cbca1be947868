#include "limber-kiosk-keypad.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-kiosk-keys.h"

struct _LimberKioskKeypad {
  GtkBox parent_instance;

  char     text[LIMBER_KIOSK_KEYPAD_MOST + 1];
  guint    least;  /* figures, before Next works */
  guint    most;   /* figures */
  gboolean secret; /* dots are shown instead of figures */

  GtkWidget       *shown; /* (unowned): a label */
  LimberKioskKeys *keys;  /* (unowned) */
};

G_DEFINE_FINAL_TYPE (LimberKioskKeypad, limber_kiosk_keypad, GTK_TYPE_BOX)

enum {
  PROP_LEAST = 1,
  PROP_MOST,
  PROP_SECRET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint done_signal;

static void
update (LimberKioskKeypad *keypad)
{
  guint length = (guint) strlen (keypad->text);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    g_string_append_unichar (shown, keypad->secret ? 0x25cf : (gunichar) keypad->text[i]);
  for (guint i = length; !keypad->secret && i < keypad->most; i++)
    g_string_append_unichar (shown, 0x2013);
  gtk_label_set_label (GTK_LABEL (keypad->shown), shown->str);
  memset (shown->str, 0, shown->len);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.delete", length > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.figure", length < keypad->most);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.next", length >= keypad->least);
}

static void
on_figure (GtkWidget *widget, const char *action, GVariant *target)
{
  limber_kiosk_keypad_typed (LIMBER_KIOSK_KEYPAD (widget), '0' + (gunichar) g_variant_get_int32 (target));
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskKeypad *keypad = LIMBER_KIOSK_KEYPAD (widget);
  gsize length = strlen (keypad->text);

  if (length > 0)
    keypad->text[length - 1] = '\0';
  update (keypad);
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *target)
{
  g_signal_emit (widget, done_signal, 0);
}

static void
build (LimberKioskKeypad *keypad)
{
  GtkWidget *key;

  for (int i = 1; i <= 9; i++) {
    char figure[2] = { (char) ('0' + i), '\0' };

    limber_kiosk_keys_add (keypad->keys, figure, "keypad.figure", i);
  }
  key = limber_kiosk_keys_add (keypad->keys, _("Delete"), NULL, -1);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (key), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "keypad.delete");
  gtk_widget_add_css_class (key, "word");
  limber_kiosk_keys_add (keypad->keys, "0", "keypad.figure", 0);
  /* Translators: the key that goes on to the next page. */
  key = limber_kiosk_keys_add (keypad->keys, _("Next"), NULL, -2);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (key), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "keypad.next");
  gtk_widget_add_css_class (key, "word");
  gtk_widget_add_css_class (key, "primary");
}

static void
limber_kiosk_keypad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LimberKioskKeypad *keypad = LIMBER_KIOSK_KEYPAD (object);

  switch (id) {
  case PROP_LEAST:
    keypad->least = g_value_get_uint (value);
    break;
  case PROP_MOST:
    keypad->most = g_value_get_uint (value);
    break;
  case PROP_SECRET:
    keypad->secret = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    return;
  }
  update (keypad);
}

static void
limber_kiosk_keypad_finalize (GObject *object)
{
  explicit_bzero (LIMBER_KIOSK_KEYPAD (object)->text, LIMBER_KIOSK_KEYPAD_MOST + 1);
  G_OBJECT_CLASS (limber_kiosk_keypad_parent_class)->finalize (object);
}

static void
limber_kiosk_keypad_class_init (LimberKioskKeypadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_keypad_set_property;
  object_class->finalize = limber_kiosk_keypad_finalize;
  properties[PROP_LEAST] = g_param_spec_uint ("least", NULL, NULL, 1, LIMBER_KIOSK_KEYPAD_MOST, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MOST] = g_param_spec_uint ("most", NULL, NULL, 1, LIMBER_KIOSK_KEYPAD_MOST, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECRET] = g_param_spec_boolean ("secret", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  done_signal = g_signal_new ("done", LIMBER_TYPE_KIOSK_KEYPAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "keypad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "keypad.figure", "i", on_figure);
  gtk_widget_class_install_action (widget_class, "keypad.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "keypad.next", NULL, on_next);
}

static void
limber_kiosk_keypad_init (LimberKioskKeypad *keypad)
{
  keypad->least = keypad->most = 4;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (keypad), GTK_ORIENTATION_VERTICAL);
  keypad->shown = gtk_label_new (NULL);
  gtk_widget_add_css_class (keypad->shown, "figures");
  keypad->keys = limber_kiosk_keys_new (3);
  /* Figures stand in one order in every language. */
  gtk_widget_set_direction (keypad->shown, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (keypad->keys), GTK_TEXT_DIR_LTR);
  gtk_widget_set_vexpand (GTK_WIDGET (keypad->keys), TRUE);
  gtk_box_append (GTK_BOX (keypad), keypad->shown);
  gtk_box_append (GTK_BOX (keypad), GTK_WIDGET (keypad->keys));
  build (keypad);
  update (keypad);
}

/**
 * limber_kiosk_keypad_get_text:
 *
 * Returns: (transfer none): the figures typed so far
 */
const char *
limber_kiosk_keypad_get_text (LimberKioskKeypad *keypad)
{
  return keypad->text;
}

/**
 * limber_kiosk_keypad_clear:
 *
 * Forgets the figures.
 */
void
limber_kiosk_keypad_clear (LimberKioskKeypad *keypad)
{
  explicit_bzero (keypad->text, sizeof keypad->text);
  update (keypad);
}

/**
 * limber_kiosk_keypad_typed:
 * @letter: what came from a keyboard; '\b' takes the last figure away
 *
 * Returns: whether it was a figure, or took one away
 */
gboolean
limber_kiosk_keypad_typed (LimberKioskKeypad *keypad, gunichar letter)
{
  gsize length = strlen (keypad->text);

  if (letter == '\b') {
    on_delete (GTK_WIDGET (keypad), NULL, NULL);
    return TRUE;
  }
  if (letter < '0' || letter > '9' || length >= keypad->most)
    return FALSE;
  keypad->text[length] = (char) letter;
  keypad->text[length + 1] = '\0';
  update (keypad);
  /* Enter then does what comes next. */
  if (length + 1 == keypad->most)
    gtk_widget_grab_focus (limber_kiosk_keys_find (keypad->keys, -2));
  return TRUE;
}

/**
 * limber_kiosk_keypad_take_over:
 * @old: another one with as many figures
 *
 * Shows what was typed there.
 */
void
limber_kiosk_keypad_take_over (LimberKioskKeypad *keypad, const LimberKioskKeypad *old)
{
  memcpy (keypad->text, old->text, sizeof keypad->text);
  update (keypad);
}
