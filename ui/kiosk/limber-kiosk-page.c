#include "limber-kiosk-page.h"

#include "limber-kiosk-keypad.h"
#include "limber-kiosk-keys.h"
#include "limber-kiosk-mark.h"
#include "limber-kiosk-reading.h"
#include "limber-kiosk-split.h"

typedef struct {
  GtkWidget *first; /* (unowned) (nullable): a widget inside, which has the focus when the page comes */
  guint      step;  /* 1 to 3 on the three questions, else 0 */
} LimberKioskPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LimberKioskPage, limber_kiosk_page, GTK_TYPE_BOX)

enum {
  PROP_FIRST = 1,
  PROP_STEP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint say_signal;

static gboolean
ignore_typed (LimberKioskPage *page, gunichar letter)
{
  return FALSE;
}

static void
ignore_tick (LimberKioskPage *page, guint left)
{
}

static void
take_nothing (LimberKioskPage *page, LimberKioskPage *old)
{
}

static void
limber_kiosk_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LimberKioskPagePrivate *priv = limber_kiosk_page_get_instance_private (LIMBER_KIOSK_PAGE (object));

  switch (id) {
  case PROP_FIRST:
    g_set_weak_pointer (&priv->first, g_value_get_object (value));
    break;
  case PROP_STEP:
    priv->step = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
limber_kiosk_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LimberKioskPagePrivate *priv = limber_kiosk_page_get_instance_private (LIMBER_KIOSK_PAGE (object));

  switch (id) {
  case PROP_FIRST:
    g_value_set_object (value, priv->first);
    break;
  case PROP_STEP:
    g_value_set_uint (value, priv->step);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
limber_kiosk_page_dispose (GObject *object)
{
  LimberKioskPagePrivate *priv = limber_kiosk_page_get_instance_private (LIMBER_KIOSK_PAGE (object));

  g_clear_weak_pointer (&priv->first);
  G_OBJECT_CLASS (limber_kiosk_page_parent_class)->dispose (object);
}

static void
limber_kiosk_page_class_init (LimberKioskPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = limber_kiosk_page_set_property;
  object_class->get_property = limber_kiosk_page_get_property;
  object_class->dispose = limber_kiosk_page_dispose;
  klass->typed = ignore_typed;
  klass->tick = ignore_tick;
  klass->take_over = take_nothing;
  /* The widgets that the pages' templates name. */
  g_type_ensure (LIMBER_TYPE_KIOSK_KEYPAD);
  g_type_ensure (LIMBER_TYPE_KIOSK_KEYS);
  g_type_ensure (LIMBER_TYPE_KIOSK_MARK);
  g_type_ensure (LIMBER_TYPE_KIOSK_SPLIT);

  properties[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, 3, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  say_signal = g_signal_new ("say", LIMBER_TYPE_KIOSK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
limber_kiosk_page_init (LimberKioskPage *page)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (page), "page");
}

/**
 * limber_kiosk_page_focus:
 *
 * Moves the focus to the page's first control, so that a screen reader begins there and Enter does the obvious thing; to
 * none where the page has none, so that it does not wander to the line at the top.
 */
void
limber_kiosk_page_focus (LimberKioskPage *page)
{
  LimberKioskPagePrivate *priv = limber_kiosk_page_get_instance_private (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (priv->first != NULL)
    gtk_widget_grab_focus (priv->first);
  else if (!gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD) && root != NULL)
    gtk_root_set_focus (root, NULL);
}

/**
 * limber_kiosk_page_get_step:
 *
 * Returns: which of the three questions this is, 0 when it is none
 */
guint
limber_kiosk_page_get_step (LimberKioskPage *page)
{
  LimberKioskPagePrivate *priv = limber_kiosk_page_get_instance_private (page);

  return priv->step;
}

/**
 * limber_kiosk_page_typed:
 * @letter: a figure, or a capital letter A to Z
 *
 * Hands the page what somebody typed on a keyboard.
 *
 * Returns: whether the page had a use for it
 */
gboolean
limber_kiosk_page_typed (LimberKioskPage *page, gunichar letter)
{
  return LIMBER_KIOSK_PAGE_GET_CLASS (page)->typed (page, letter);
}

/**
 * limber_kiosk_page_tick:
 * @left: seconds before the page is left by itself, 0 when nothing is counted
 *
 * Tells the page that time has gone.
 */
void
limber_kiosk_page_tick (LimberKioskPage *page, guint left)
{
  LIMBER_KIOSK_PAGE_GET_CLASS (page)->tick (page, left);
}

/**
 * limber_kiosk_page_say:
 * @widget: the page, or something in it
 * @text: what is news on a page that stays: why something was refused, what was typed
 *
 * Has it read aloud, for whoever wants that. It is shown as well: nothing is only said.
 */
void
limber_kiosk_page_say (GtkWidget *widget, const char *text)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, LIMBER_TYPE_KIOSK_PAGE);

  if (page != NULL && !limber_kiosk_reading_is_secret (widget))
    g_signal_emit (page, say_signal, 0, text);
}

/**
 * limber_kiosk_page_take_over:
 * @old: the page that was there before a question came in between; of another type when something else came of it
 *
 * Takes over what was typed on the old page.
 */
void
limber_kiosk_page_take_over (LimberKioskPage *page, LimberKioskPage *old)
{
  if (G_OBJECT_TYPE (page) == G_OBJECT_TYPE (old))
    LIMBER_KIOSK_PAGE_GET_CLASS (page)->take_over (page, old);
}

/**
 * limber_kiosk_page_show_words:
 * @label: something on a page
 * @words: (nullable): what it says; %NULL when it has nothing to say, and is not seen
 */
void
limber_kiosk_page_show_words (GtkLabel *label, const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL);
}
