#include "limber-kiosk-scroll.h"

#include <glib/gi18n-lib.h>

#include "limber-kiosk-mark.h"

/* So much of what is seen is moved at once; the rest stays, so that the eye finds where it was. */
#define STEP 0.7
/* Pixels: a press by a hand that trembles goes less far on the glass; from here on it draws the page along. */
#define TREMBLE 32

struct _LimberKioskScroll {
  GtkBox parent_instance;

  guint      settling; /* a source */
  GtkWidget *waiting;  /* (unowned) (nullable): would have the focus, could it be seen */

  GtkScrolledWindow *scroller;
  GtkViewport       *viewport;
  GtkWidget         *moves;
  GtkWidget         *down;
  GtkLabel          *up_label;
  GtkLabel          *down_label;
};

G_DEFINE_FINAL_TYPE (LimberKioskScroll, limber_kiosk_scroll, GTK_TYPE_BOX)

enum {
  PROP_CONTENT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GtkAdjustment *
get_place (LimberKioskScroll *scroll)
{
  return gtk_scrolled_window_get_vadjustment (scroll->scroller);
}

static void
move (LimberKioskScroll *scroll, double steps)
{
  GtkAdjustment *place = get_place (scroll);

  gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + steps * gtk_adjustment_get_page_size (place));
}

static void
on_up (GtkWidget *widget, const char *action, GVariant *target)
{
  move (LIMBER_KIOSK_SCROLL (widget), -STEP);
}

static void
on_down (GtkWidget *widget, const char *action, GVariant *target)
{
  move (LIMBER_KIOSK_SCROLL (widget), STEP);
}

static gboolean
is_in_sight (LimberKioskScroll *scroll, GtkWidget *widget)
{
  graphene_rect_t box;

  return gtk_widget_compute_bounds (widget, GTK_WIDGET (scroll->viewport), &box) && box.origin.y >= 0 && box.origin.y + box.size.height <= (float) gtk_widget_get_height (GTK_WIDGET (scroll->viewport));
}

/* Enter never presses what is out of sight: until it is seen, the focus is on what shows it. */
static void
settle_focus (LimberKioskScroll *scroll)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (scroll));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  gboolean is_free = focus == NULL || focus == scroll->down || !gtk_widget_get_visible (scroll->moves);

  if (scroll->waiting != NULL && is_free && is_in_sight (scroll, scroll->waiting)) {
    gtk_widget_grab_focus (scroll->waiting);
    g_clear_weak_pointer (&scroll->waiting);
  } else if (focus != NULL && gtk_widget_get_mapped (scroll->down) && gtk_widget_is_ancestor (focus, GTK_WIDGET (scroll->viewport)) && !is_in_sight (scroll, focus)) {
    g_set_weak_pointer (&scroll->waiting, focus);
    gtk_widget_grab_focus (scroll->down);
  }
}

/* The buttons take room themselves: once there, they go only when all fits without them. A finger moves the page only where there is
 * more of it: a press by a hand that trembles is a press, and would be taken for the beginning of a drag. */
static gboolean
settle (gpointer data)
{
  LimberKioskScroll *scroll = data;
  GtkAdjustment *place = get_place (scroll);
  double value = gtk_adjustment_get_value (place), upper = gtk_adjustment_get_upper (place), seen = gtk_adjustment_get_page_size (place);
  int room = gtk_widget_get_height (GTK_WIDGET (scroll));
  gboolean is_long = upper > MAX (seen, room) + 0.5;

  gtk_widget_set_visible (scroll->moves, is_long);
  gtk_scrolled_window_set_kinetic_scrolling (scroll->scroller, is_long);
  settle_focus (scroll);
  gtk_widget_action_set_enabled (GTK_WIDGET (scroll), "scroll.up", value > 0.5);
  gtk_widget_action_set_enabled (GTK_WIDGET (scroll), "scroll.down", value + seen < upper - 0.5);
  scroll->settling = 0;
  return G_SOURCE_REMOVE;
}

/* It comes while rooms are being given out, when nothing may ask for another. */
static void
on_place (GtkAdjustment *place, LimberKioskScroll *scroll)
{
  if (scroll->settling == 0)
    scroll->settling = g_idle_add_full (GDK_PRIORITY_EVENTS, settle, scroll, NULL);
}

static void
limber_kiosk_scroll_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_CONTENT)
    gtk_viewport_set_child (LIMBER_KIOSK_SCROLL (object)->viewport, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_scroll_dispose (GObject *object)
{
  LimberKioskScroll *scroll = LIMBER_KIOSK_SCROLL (object);

  g_clear_handle_id (&scroll->settling, g_source_remove);
  g_clear_weak_pointer (&scroll->waiting);
  if (scroll->scroller != NULL)
    g_signal_handlers_disconnect_by_data (get_place (scroll), scroll);
  gtk_widget_dispose_template (GTK_WIDGET (scroll), LIMBER_TYPE_KIOSK_SCROLL);
  G_OBJECT_CLASS (limber_kiosk_scroll_parent_class)->dispose (object);
}

static void
limber_kiosk_scroll_class_init (LimberKioskScrollClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_scroll_set_property;
  object_class->dispose = limber_kiosk_scroll_dispose;
  g_type_ensure (LIMBER_TYPE_KIOSK_MARK);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-scroll.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, scroller);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, viewport);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, moves);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, down);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, up_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskScroll, down_label);
  gtk_widget_class_install_action (widget_class, "scroll.up", NULL, on_up);
  gtk_widget_class_install_action (widget_class, "scroll.down", NULL, on_down);
}

static void
limber_kiosk_scroll_init (LimberKioskScroll *scroll)
{
  gtk_widget_init_template (GTK_WIDGET (scroll));
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (scroll)), "gtk-dnd-drag-threshold", TREMBLE, NULL);
  gtk_widget_set_visible (gtk_scrolled_window_get_hscrollbar (scroll->scroller), FALSE);
  gtk_widget_set_visible (gtk_scrolled_window_get_vscrollbar (scroll->scroller), FALSE);
  g_signal_connect (get_place (scroll), "changed", G_CALLBACK (on_place), scroll);
  g_signal_connect (get_place (scroll), "value-changed", G_CALLBACK (on_place), scroll);
  limber_kiosk_scroll_rename (scroll);
}

/**
 * limber_kiosk_scroll_get_content:
 *
 * Returns: (transfer none): what is in it
 */
GtkWidget *
limber_kiosk_scroll_get_content (LimberKioskScroll *scroll)
{
  return gtk_viewport_get_child (scroll->viewport);
}

/**
 * limber_kiosk_scroll_rename:
 *
 * Says on the buttons what they do, in the language of now.
 */
void
limber_kiosk_scroll_rename (LimberKioskScroll *scroll)
{
  /* Translators: the button that shows what is further up on a page that is too long for the screen. */
  gtk_label_set_label (scroll->up_label, _("Up"));
  /* Translators: the button that shows what is further down on such a page. */
  gtk_label_set_label (scroll->down_label, _("More"));
}

/**
 * limber_kiosk_scroll_to_top:
 *
 * Shows the beginning: another page has come. What a finger has set in motion stops.
 */
void
limber_kiosk_scroll_to_top (LimberKioskScroll *scroll)
{
  g_clear_weak_pointer (&scroll->waiting);
  gtk_scrolled_window_set_kinetic_scrolling (scroll->scroller, FALSE);
  gtk_adjustment_set_value (get_place (scroll), 0);
  on_place (get_place (scroll), scroll);
}
