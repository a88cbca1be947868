#include "limber-kiosk-keypad.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-kiosk-keys.h"
#include "limber-kiosk-page.h"
#include "limber-kiosk-reading.h"

struct _LimberKioskKeypad {
  GtkBox parent_instance;

  char     text[LIMBER_KIOSK_KEYPAD_MOST + 1];
  guint    least;   /* figures, before Next works */
  guint    most;    /* figures */
  gboolean secret;  /* dots are shown instead of figures */
  gboolean letters; /* capital letters are keys too */

  GtkBox          *top;   /* (unowned): what was typed and, beside letters, the keys that do something with it */
  GtkWidget       *shown; /* (unowned): a label */
  LimberKioskKeys *keys;  /* (unowned) */
  GtkWidget       *next;  /* (unowned): the key that goes on */
};

G_DEFINE_FINAL_TYPE (LimberKioskKeypad, limber_kiosk_keypad, GTK_TYPE_BOX)

enum {
  PROP_LEAST = 1,
  PROP_MOST,
  PROP_SECRET,
  PROP_LETTERS,
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
  for (guint i = length; !keypad->secret && !keypad->letters && i < keypad->most; i++)
    g_string_append_unichar (shown, 0x2013);
  gtk_label_set_label (GTK_LABEL (keypad->shown), shown->str);
  memset (shown->str, 0, shown->len);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.delete", length > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.figure", length < keypad->most);
  gtk_widget_action_set_enabled (GTK_WIDGET (keypad), "keypad.next", length >= keypad->least);
}

static gboolean
add (LimberKioskKeypad *keypad, gunichar letter)
{
  gsize length = strlen (keypad->text);
  gboolean fits = (letter >= '0' && letter <= '9') || (keypad->letters && letter >= 'A' && letter <= 'Z');

  if (!fits || length >= keypad->most)
    return FALSE;
  keypad->text[length] = (char) letter;
  keypad->text[length + 1] = '\0';
  update (keypad);
  limber_kiosk_page_say (GTK_WIDGET (keypad), (char[]){ (char) letter, '\0' });
  return TRUE;
}

/* Enter then does what comes next. */
static void
go_to_next_at (LimberKioskKeypad *keypad, guint enough)
{
  if (strlen (keypad->text) >= enough)
    gtk_widget_grab_focus (keypad->next);
}

static void
on_figure (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskKeypad *keypad = LIMBER_KIOSK_KEYPAD (widget);

  if (add (keypad, (gunichar) g_variant_get_int32 (target)))
    go_to_next_at (keypad, keypad->most);
}

static void
on_delete (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskKeypad *keypad = LIMBER_KIOSK_KEYPAD (widget);
  gsize length = strlen (keypad->text);

  if (length > 0)
    keypad->text[length - 1] = '\0';
  update (keypad);
  limber_kiosk_page_say (widget, _("Delete"));
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *target)
{
  g_signal_emit (widget, done_signal, 0);
}

static void
add_key (LimberKioskKeypad *keypad, char letter)
{
  limber_kiosk_keys_add (keypad->keys, (char[]){ letter, '\0' }, "keypad.figure", letter);
}

/* A key with a word on it: with @target among the figures, beside what was typed where there are letters. */
static GtkWidget *
add_word (LimberKioskKeypad *keypad, const char *word, const char *action, int target)
{
  GtkWidget *key = keypad->letters ? gtk_button_new_with_label (word) : limber_kiosk_keys_add (keypad->keys, word, NULL, target);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (key), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), action);
  gtk_widget_add_css_class (key, "word");
  if (keypad->letters)
    gtk_box_append (keypad->top, key);
  return key;
}

static void
build (LimberKioskKeypad *keypad)
{
  for (char letter = 'A'; keypad->letters && letter <= 'Z'; letter++)
    add_key (keypad, letter);
  for (char figure = keypad->letters ? '0' : '1'; figure <= '9'; figure++)
    add_key (keypad, figure);
  add_word (keypad, _("Delete"), "keypad.delete", -1);
  if (!keypad->letters)
    add_key (keypad, '0');
  /* Translators: the key that goes on to the next page. */
  keypad->next = add_word (keypad, _("Next"), "keypad.next", -2);
  gtk_widget_add_css_class (keypad->next, "primary");
}

static void
limber_kiosk_keypad_constructed (GObject *object)
{
  LimberKioskKeypad *keypad = LIMBER_KIOSK_KEYPAD (object);

  G_OBJECT_CLASS (limber_kiosk_keypad_parent_class)->constructed (object);
  if (keypad->letters)
    gtk_widget_add_css_class (GTK_WIDGET (keypad), "letters");
  g_object_set (keypad->keys, "columns", keypad->letters ? 12u : 3u, NULL);
  build (keypad);
  update (keypad);
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
    if (keypad->secret)
      gtk_widget_add_css_class (GTK_WIDGET (keypad), LIMBER_KIOSK_READING_SECRET);
    break;
  case PROP_LETTERS:
    keypad->letters = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    return;
  }
  if (keypad->next != NULL)
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

  object_class->constructed = limber_kiosk_keypad_constructed;
  object_class->set_property = limber_kiosk_keypad_set_property;
  object_class->finalize = limber_kiosk_keypad_finalize;
  properties[PROP_LEAST] = g_param_spec_uint ("least", NULL, NULL, 1, LIMBER_KIOSK_KEYPAD_MOST, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MOST] = g_param_spec_uint ("most", NULL, NULL, 1, LIMBER_KIOSK_KEYPAD_MOST, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECRET] = g_param_spec_boolean ("secret", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LETTERS] = g_param_spec_boolean ("letters", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
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
  keypad->top = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (keypad->top), "nav");
  keypad->shown = gtk_label_new (NULL);
  gtk_widget_add_css_class (keypad->shown, "figures");
  gtk_widget_set_hexpand (keypad->shown, TRUE);
  keypad->keys = limber_kiosk_keys_new (3);
  /* Figures stand in one order in every language. */
  gtk_widget_set_direction (keypad->shown, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (keypad->keys), GTK_TEXT_DIR_LTR);
  gtk_widget_set_vexpand (GTK_WIDGET (keypad->keys), TRUE);
  gtk_box_append (keypad->top, keypad->shown);
  gtk_box_append (GTK_BOX (keypad), GTK_WIDGET (keypad->top));
  gtk_box_append (GTK_BOX (keypad), GTK_WIDGET (keypad->keys));
}

/**
 * limber_kiosk_keypad_get_text:
 *
 * Returns: (transfer none): the figures, and letters, typed so far
 */
const char *
limber_kiosk_keypad_get_text (LimberKioskKeypad *keypad)
{
  return keypad->text;
}

/**
 * limber_kiosk_keypad_get_first:
 *
 * Returns: (transfer none): the key where the focus begins: Next, where no more can be typed
 */
GtkWidget *
limber_kiosk_keypad_get_first (LimberKioskKeypad *keypad)
{
  return strlen (keypad->text) < keypad->most ? gtk_widget_get_first_child (GTK_WIDGET (keypad->keys)) : keypad->next;
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
 * Whoever types needs no key on the screen but Next, so it has the focus as soon as it can be pressed.
 *
 * Returns: whether it was a figure, or a letter where there are letters, or took one away
 */
gboolean
limber_kiosk_keypad_typed (LimberKioskKeypad *keypad, gunichar letter)
{
  if (letter == '\b') {
    on_delete (GTK_WIDGET (keypad), NULL, NULL);
    return TRUE;
  }
  if (!add (keypad, letter))
    return FALSE;
  go_to_next_at (keypad, keypad->letters ? keypad->least : keypad->most);
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
