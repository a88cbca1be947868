#include "limber-kiosk-window.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>

#include "limber-date.h"
#include "limber-kiosk-filter.h"
#include "limber-kiosk-fresh.h"
#include "limber-kiosk-language.h"
#include "limber-kiosk-mark.h"
#include "limber-kiosk-scanner.h"
#include "limber-kiosk-screen.h"
#include "limber-kiosk-scroll.h"
#include "limber-kiosk-senses.h"
#include "limber-kiosk-slot.h"
#include "limber-kiosk-steps.h"
#include "limber-kiosk-style.h"
#include "limber-kiosk-welcome.h"

/* The hidden corner: this near to the top, on the side where reading begins, for this long. */
#define CORNER 90
#define CORNER_SECONDS 3
#define TEXT_SIZES 3
#define LOOK_MILLISECONDS 60 /* before the next page is made */
/* In em, letters' sizes: the room for the left of the top line, and the height of a screen from which on signs have their words. */
#define LEAD 18
#define HIGH 28
#define MARGINS 96 /* of the page, in pixels: both sides' */

struct _LimberKioskWindow {
  GtkWindow parent_instance;

  LimberEnv         *env;  /* (owned) */
  LimberKioskFlow   *flow; /* (owned) */
  LimberKioskPage   *home; /* (owned) (nullable): what stands there instead of the first page */
  LimberKioskScanner scanner;
  guint              text_step; /* 0 to 2 */
  gboolean           contrast;
  const LimberKioskLanguage *language; /* that the window itself is in; %NULL at first */
  guint              ticking; /* a source */
  guint              corner;  /* a source: while the corner is held */
  LimberKioskFresh   fresh;
  guint              fitting; /* a source: the top line is to be fitted */
  guint              emptying; /* a source: what a visit used is to be given back */
  guint              looking;  /* a source: the next page is to be made */

  LimberKioskScroll *scroll;
  GtkWidget         *top;
  GtkLabel          *site;
  LimberKioskSteps  *steps;
  GtkLabel          *clock;
  GtkWidget         *tools;
  GtkWidget         *languages;
  GtkWidget         *languages_label;
  GtkWidget         *text_size;
  GtkWidget         *text_size_label;
  GtkWidget         *contrast_button;
  GtkWidget         *contrast_label;
  LimberKioskSenses *senses;
  LimberKioskSlot   *slot;
};

G_DEFINE_FINAL_TYPE (LimberKioskWindow, limber_kiosk_window, GTK_TYPE_WINDOW)

static void
apply_look (LimberKioskWindow *window)
{
  static const char *const sizes[TEXT_SIZES] = { "text-1", "text-2", "text-3" };

  for (guint i = 0; i < TEXT_SIZES; i++)
    if (i == window->text_step)
      gtk_widget_add_css_class (GTK_WIDGET (window), sizes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (window), sizes[i]);
  limber_kiosk_style_set_contrast (gtk_widget_get_display (GTK_WIDGET (window)), window->contrast);
}

static void
on_text_size (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskWindow *window = LIMBER_KIOSK_WINDOW (widget);

  window->text_step = (window->text_step + 1) % TEXT_SIZES;
  apply_look (window);
}

static void
on_contrast (GtkWidget *widget, const char *action, GVariant *target)
{
  LimberKioskWindow *window = LIMBER_KIOSK_WINDOW (widget);

  window->contrast = !window->contrast;
  apply_look (window);
}

/* What a visit used is the system's again, and is not there to be read; and a screen that runs for weeks stays as small as it was. */
static gboolean
give_back (gpointer data)
{
  LIMBER_KIOSK_WINDOW (data)->emptying = 0;
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

/* Nobody has read a page so soon; and what is to be drawn, has been. */
static gboolean
look_ahead (gpointer data)
{
  LimberKioskWindow *window = data;

  window->looking = 0;
  limber_kiosk_slot_prepare (window->slot, limber_kiosk_flow_look_ahead (window->flow));
  return G_SOURCE_REMOVE;
}

/* Once the first page has stood for a moment: whoever goes on at once is not kept waiting. */
static void
queue_give_back (LimberKioskWindow *window)
{
  g_clear_handle_id (&window->emptying, g_source_remove);
  window->emptying = g_timeout_add_seconds_full (G_PRIORITY_LOW, 1, give_back, window, NULL);
}

/* The next person finds the screen as it was for the first. */
static void
on_wiped (LimberKioskWindow *window)
{
  limber_kiosk_slot_forget_last (window->slot);
  window->text_step = 0;
  window->contrast = FALSE;
  apply_look (window);
  limber_kiosk_senses_reset (window->senses, limber_kiosk_flow_may_speak (window->flow));
  limber_kiosk_scanner_clear (&window->scanner);
  limber_kiosk_fresh_wipe (&window->fresh, g_get_monotonic_time ());
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL);
  gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (GTK_WIDGET (window)), NULL);
  queue_give_back (window);
}

static gboolean
update_clock (LimberKioskWindow *window)
{
  g_autofree char *time = limber_time_for_public (limber_env_now (window->env));

  if (g_strcmp0 (gtk_label_get_label (window->clock), time) == 0)
    return FALSE;
  gtk_label_set_label (window->clock, time);
  return TRUE;
}

/* The window stays when the language changes: what stands on it itself is said anew. */
static void
speak (LimberKioskWindow *window)
{
  const LimberKioskLanguage *language = limber_kiosk_language_get ();
  const struct { GtkWidget *button, *label; const char *words; } tools[] = {
    { window->languages, window->languages_label, _("Language") },
    { window->text_size, window->text_size_label, _("Text size") },
    { window->contrast_button, window->contrast_label, _("Contrast") },
  };

  if (window->language == language)
    return;
  if (window->language != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (window), window->language->style);
  gtk_widget_add_css_class (GTK_WIDGET (window), language->style);
  window->language = language;
  gtk_window_set_title (GTK_WINDOW (window), _("Check in"));
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
    gtk_label_set_label (GTK_LABEL (tools[i].label), tools[i].words);
    gtk_accessible_update_property (GTK_ACCESSIBLE (tools[i].button), GTK_ACCESSIBLE_PROPERTY_LABEL, tools[i].words, -1);
  }
  update_clock (window);
}

/* The first page says whose clinic it is in its heading; there the line at the top says the day. */
static void
update_top (LimberKioskWindow *window, LimberKioskPage *page)
{
  guint step = limber_kiosk_page_get_step (page);
  const char *site = limber_kiosk_flow_get_site (window->flow);
  char today[LIMBER_DATE_LENGTH + 1];
  g_autofree char *day = NULL;

  limber_date_of_time (limber_env_now (window->env), today);
  day = limber_date_for_public (today);
  gtk_label_set_label (window->site, LIMBER_IS_KIOSK_WELCOME (page) ? day : site != NULL ? site : "");
  gtk_widget_set_visible (window->languages, limber_kiosk_language_count () > 1 && !LIMBER_IS_KIOSK_WELCOME (page));
  gtk_widget_set_visible (GTK_WIDGET (window->site), step == 0);
  gtk_widget_set_visible (GTK_WIDGET (window->steps), step > 0);
  if (step > 0)
    limber_kiosk_steps_set (window->steps, step, 3);
}

static gboolean
is_home (LimberKioskWindow *window)
{
  return window->home != NULL && limber_kiosk_slot_get_page (window->slot) == GTK_WIDGET (window->home);
}

static void
on_page (LimberKioskWindow *window)
{
  limber_kiosk_window_show_page (window, limber_kiosk_flow_get_page (window->flow));
}

static gboolean
on_tick (gpointer data)
{
  limber_kiosk_window_tick (data);
  return G_SOURCE_CONTINUE;
}

/* Enter ends a scan, or else presses what has the focus. */
static gboolean
take_enter (LimberKioskWindow *window, guint32 time)
{
  char code[LIMBER_KIOSK_SCANNER_CODE + 1] = "";
  LimberKioskScan scan = limber_kiosk_scanner_enter (&window->scanner, time, code);

  if (scan == LIMBER_KIOSK_SCAN_NOTHING)
    return GDK_EVENT_PROPAGATE;
  limber_kiosk_flow_scan (window->flow, scan == LIMBER_KIOSK_SCAN_CODE ? code : NULL);
  explicit_bzero (code, sizeof code);
  return GDK_EVENT_STOP;
}

static gboolean
has_one_button (LimberKioskWindow *window)
{
  return limber_kiosk_switch_is_on (limber_kiosk_senses_get_switch (window->senses));
}

/* The first to see a key, before any widget and any shortcut of GTK: what is not wanted goes no further. */
static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, LimberKioskWindow *window)
{
  guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gunichar letter = limber_kiosk_filter_letter (keyval);

  if (limber_kiosk_fresh_is_stale (&window->fresh, time) || !limber_kiosk_filter_allows (keyval, state))
    return GDK_EVENT_STOP;
  limber_kiosk_flow_touch (window->flow);
  if (is_home (window)) /* it takes no input, no scan either */
    return GDK_EVENT_STOP;
  if (letter != 0) {
    limber_kiosk_scanner_key (&window->scanner, letter, time);
    limber_kiosk_page_typed (limber_kiosk_flow_get_page (window->flow), letter);
    return GDK_EVENT_STOP;
  }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter) && take_enter (window, time))
    return GDK_EVENT_STOP;
  if (limber_kiosk_senses_key (window->senses, keyval, has_one_button (window) && !limber_kiosk_fresh_press_again (&window->fresh, time)))
    return GDK_EVENT_STOP;
  if (keyval == GDK_KEY_BackSpace) {
    limber_kiosk_page_typed (limber_kiosk_flow_get_page (window->flow), '\b');
    return GDK_EVENT_STOP;
  }
  if (keyval == GDK_KEY_Escape) {
    limber_kiosk_flow_back (window->flow);
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
on_key_released (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, LimberKioskWindow *window)
{
  limber_kiosk_senses_key_released (window->senses, keyval);
}

static void
on_focus (LimberKioskWindow *window)
{
  limber_kiosk_senses_set_focus (window->senses, gtk_window_get_focus (GTK_WINDOW (window)));
}

static gboolean
on_corner_held (gpointer data)
{
  LimberKioskWindow *window = data;

  window->corner = 0;
  limber_kiosk_flow_ask_to_exit (window->flow);
  return G_SOURCE_REMOVE;
}

static gboolean
is_corner (LimberKioskWindow *window, GdkEvent *event)
{
  double x = 0, y = 0, left, top;

  if (!gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (GTK_NATIVE (window), &left, &top);
  x -= left;
  y -= top;
  if (gtk_widget_get_direction (GTK_WIDGET (window)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (window)) - x;
  return x >= 0 && x < CORNER && y >= 0 && y < CORNER;
}

/* There is no widget in the corner, so that nobody finds it by ear or by Tab. */
static void
watch_corner (LimberKioskWindow *window, GdkEvent *event, GdkEventType type)
{
  gboolean begins = type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN, moves = type == GDK_MOTION_NOTIFY || type == GDK_TOUCH_UPDATE;
  gboolean ends = type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL;

  if (ends || begins || (moves && !is_corner (window, event)))
    g_clear_handle_id (&window->corner, g_source_remove);
  if (begins && is_corner (window, event))
    window->corner = g_timeout_add_seconds (CORNER_SECONDS, on_corner_held, window);
}

/* Whether a finger that comes down is the same hand's trembling. */
static gboolean
is_trembling (LimberKioskWindow *window, GdkEvent *event)
{
  guint32 time = gdk_event_get_time (event);
  double x = 0, y = 0;

  if (has_one_button (window))
    return !limber_kiosk_fresh_press_again (&window->fresh, time);
  return gdk_event_get_position (event, &x, &y) && !limber_kiosk_fresh_press (&window->fresh, time, x, y);
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, LimberKioskWindow *window)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gboolean begins = type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN, trembles;

  if (type != GDK_FOCUS_CHANGE && type != GDK_LEAVE_NOTIFY && limber_kiosk_fresh_is_stale (&window->fresh, gdk_event_get_time (event)))
    return GDK_EVENT_STOP;
  if (begins || type == GDK_TOUCH_UPDATE || type == GDK_SCROLL)
    limber_kiosk_flow_touch (window->flow);
  watch_corner (window, event, type);
  trembles = begins && is_trembling (window, event);
  return limber_kiosk_senses_touch (window->senses, type, trembles) || trembles;
}

static void
add_controllers (LimberKioskWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), window);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), window);
  gtk_widget_add_controller (GTK_WIDGET (window), events);
}

static void
show_words (LimberKioskWindow *window, gboolean words)
{
  gtk_widget_set_visible (window->languages_label, words);
  gtk_widget_set_visible (window->text_size_label, words);
  gtk_widget_set_visible (window->contrast_label, words);
  limber_kiosk_senses_show_words (window->senses, words);
}

/* Whether the signs fit, beside so much else. */
static gboolean
have_room (LimberKioskWindow *window, int else_needed)
{
  int least;

  gtk_widget_measure (window->tools, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least + else_needed <= gtk_widget_get_width (GTK_WIDGET (window));
}

/* The signs at the top have their words where there is room: on a screen that stands upright, in a line of their own. */
static gboolean
fit_top (gpointer data)
{
  LimberKioskWindow *window = data;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (window));
  int letter = pango_font_description_get_size (pango_context_get_font_description (context)) / PANGO_SCALE;
  int width = gtk_widget_get_width (GTK_WIDGET (window)), height = gtk_widget_get_height (GTK_WIDGET (window));

  window->fitting = 0;
  show_words (window, height >= HIGH * letter);
  if (!have_room (window, height < width ? LEAD * letter : MARGINS))
    show_words (window, FALSE);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (window->top), have_room (window, LEAD * letter) ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  return G_SOURCE_REMOVE;
}

static void
queue_fit_top (LimberKioskWindow *window)
{
  if (window->fitting == 0)
    window->fitting = g_idle_add_full (GDK_PRIORITY_EVENTS, fit_top, window, NULL);
}

static void
limber_kiosk_window_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (limber_kiosk_window_parent_class)->css_changed (widget, change);
  queue_fit_top (LIMBER_KIOSK_WINDOW (widget));
}

/* It is as large as its screen, whatever stands on it: a page is not asked how large it would like to be. */
static void
limber_kiosk_window_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 1280 : 800;
}

static void
limber_kiosk_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (limber_kiosk_window_parent_class)->realize (widget);
  limber_kiosk_screen_follow (widget);
  limber_kiosk_screen_on_resize (widget, G_CALLBACK (queue_fit_top));
}

/* Nobody closes the screen from outside; SIGTERM and the closing code end the program. */
static gboolean
limber_kiosk_window_close_request (GtkWindow *window)
{
  return TRUE;
}

/* The second lock on the inspector's door: the first is that its keys do not come through. */
static gboolean
limber_kiosk_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  return FALSE;
}

static void
limber_kiosk_window_dispose (GObject *object)
{
  LimberKioskWindow *window = LIMBER_KIOSK_WINDOW (object);

  g_clear_handle_id (&window->ticking, g_source_remove);
  g_clear_handle_id (&window->corner, g_source_remove);
  g_clear_handle_id (&window->fitting, g_source_remove);
  g_clear_handle_id (&window->emptying, g_source_remove);
  g_clear_handle_id (&window->looking, g_source_remove);
  if (window->flow != NULL)
    g_signal_handlers_disconnect_by_data (window->flow, window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "kiosk", NULL);
  g_clear_object (&window->flow);
  g_clear_object (&window->home);
  g_clear_pointer (&window->env, limber_env_unref);
  limber_kiosk_scanner_clear (&window->scanner);
  G_OBJECT_CLASS (limber_kiosk_window_parent_class)->dispose (object);
}

static void
limber_kiosk_window_class_init (LimberKioskWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_window_dispose;
  widget_class->css_changed = limber_kiosk_window_css_changed;
  widget_class->measure = limber_kiosk_window_measure;
  widget_class->realize = limber_kiosk_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = limber_kiosk_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = limber_kiosk_window_enable_debugging;
  g_type_ensure (LIMBER_TYPE_KIOSK_STEPS);
  g_type_ensure (LIMBER_TYPE_KIOSK_MARK);
  g_type_ensure (LIMBER_TYPE_KIOSK_SCROLL);
  g_type_ensure (LIMBER_TYPE_KIOSK_SENSES);
  g_type_ensure (LIMBER_TYPE_KIOSK_SLOT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/kiosk/limber-kiosk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, scroll);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, top);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, site);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, steps);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, languages);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, languages_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, text_size);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, text_size_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, contrast_button);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, contrast_label);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, senses);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, clock);
  gtk_widget_class_bind_template_child (widget_class, LimberKioskWindow, slot);
  gtk_widget_class_install_action (widget_class, "look.text-size", NULL, on_text_size);
  gtk_widget_class_install_action (widget_class, "look.contrast", NULL, on_contrast);
}

static void
limber_kiosk_window_init (LimberKioskWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
  gtk_widget_add_css_class (GTK_WIDGET (window), "kiosk");
  limber_kiosk_senses_set_tools (window->senses, GTK_WIDGET (window->steps), window->tools);
  g_signal_connect_swapped (window->senses, "changed", G_CALLBACK (queue_fit_top), window);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  add_controllers (window);
}

/**
 * limber_kiosk_window_new:
 * @flow: which page comes next
 * @env: whose clock is shown
 *
 * Returns: (transfer none): the window, which GTK keeps until it is destroyed
 */
LimberKioskWindow *
limber_kiosk_window_new (LimberKioskFlow *flow, LimberEnv *env)
{
  LimberKioskWindow *window = g_object_new (LIMBER_TYPE_KIOSK_WINDOW, NULL);

  window->env = limber_env_ref (env);
  window->flow = g_object_ref (flow);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "kiosk", limber_kiosk_flow_actions (flow));
  g_signal_connect_swapped (flow, "notify::page", G_CALLBACK (on_page), window);
  g_signal_connect_swapped (flow, "wiped", G_CALLBACK (on_wiped), window);
  apply_look (window);
  limber_kiosk_senses_reset (window->senses, limber_kiosk_flow_may_speak (flow));
  on_page (window);
  limber_kiosk_window_tick (window);
  window->ticking = g_timeout_add_seconds (1, on_tick, window);
  queue_give_back (window);
  return window;
}

/**
 * limber_kiosk_window_tick:
 *
 * A second has gone: the clock, and whatever the flow counts.
 */
void
limber_kiosk_window_tick (LimberKioskWindow *window)
{
  if (update_clock (window))
    update_top (window, limber_kiosk_flow_get_page (window->flow));
  if (limber_kiosk_senses_needs_time (window->senses))
    limber_kiosk_flow_touch (window->flow);
  limber_kiosk_flow_tick (window->flow);
  if (window->home != NULL)
    limber_kiosk_page_tick (window->home, 0);
}

/**
 * limber_kiosk_window_show_page:
 * @page: the page that comes
 *
 * Shows a page in place of the one before, which goes for good.
 */
void
limber_kiosk_window_show_page (LimberKioskWindow *window, LimberKioskPage *page)
{
  if (window->home != NULL && LIMBER_IS_KIOSK_WELCOME (page))
    page = window->home;
  if (limber_kiosk_slot_get_page (window->slot) == GTK_WIDGET (page))
    return;
  g_clear_handle_id (&window->emptying, g_source_remove);
  g_clear_handle_id (&window->looking, g_source_remove);
  speak (window);
  limber_kiosk_slot_show (window->slot, page);
  update_top (window, page);
  limber_kiosk_scroll_rename (window->scroll);
  limber_kiosk_scroll_to_top (window->scroll);
  gtk_widget_set_visible (window->top, !is_home (window));
  gtk_widget_set_can_focus (GTK_WIDGET (window->scroll), !is_home (window));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (window), is_home (window) ? "none" : NULL);
  limber_kiosk_page_focus (page);
  limber_kiosk_senses_set_page (window->senses, page, LIMBER_IS_KIOSK_WELCOME (page));
  limber_kiosk_fresh_come (&window->fresh, g_get_monotonic_time ());
  queue_fit_top (window);
  if (window->home == NULL)
    window->looking = g_timeout_add_full (G_PRIORITY_LOW, LOOK_MILLISECONDS, look_ahead, window, NULL);
}

/**
 * limber_kiosk_window_set_home:
 * @home: what stands there instead of the first page: it has all of the window, and takes no input
 *
 * Makes it another public screen than the one for checking in, behind the same guards.
 */
void
limber_kiosk_window_set_home (LimberKioskWindow *window, LimberKioskPage *home)
{
  g_set_object (&window->home, home);
  gtk_widget_set_visible (window->tools, FALSE);
  on_page (window);
}
