/* Its pages: "typing", "offer", "working", "filling". What is typed is kept here and not in an entry. A code that does not say where its
 * node is has an address typed after it, by other keys. */
#include "limber-joining-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-first-sync.h"
#include "limber-joining-resources.h"
#include "limber-joining.h"

#define COLUMNS 11
#define CODE_KEYS "1234567890ABCDEFGHJKMNPQRSTVWXYZ"
#define ADDRESS_KEYS "1234567890abcdefghijklmnopqrstuvwxyz.-:/"
#define CODE_MOST 400
#define GROUP 4

struct _LimberJoiningWindow {
  GtkWindow        parent_instance;
  LimberJoining   *joining;  /* (owned) */
  LimberFirstSync *progress; /* (owned) (nullable): while the store is filled */
  GString         *code;     /* (owned): letters and figures, and an address after @ */
  GString         *address;  /* (owned): for a code without */
  gboolean         has_address_keys;
  guint            pulse;
  GtkStack        *stack;
  GtkLabel        *why;
  GtkLabel        *shown;
  GtkLabel        *counted;
  GtkLabel        *wrong;
  GtkGrid         *keys;
  GtkWidget       *delete;
  GtkWidget       *empty;
  GtkWidget       *look;
  GtkLabel        *offer_site;
  GtkLabel        *offer_class;
  GtkLabel        *offer_name;
  GtkLabel        *offer_until;
  GtkLabel        *misfit;
  GtkWidget       *join;
  GtkWidget       *other;
  GtkLabel        *doing;
  GtkProgressBar  *bar;
  GtkWidget       *stop;
  GtkLabel        *site;
  GtkProgressBar  *filling_bar;
  GtkLabel        *count;
  GtkLabel        *filling_wrong;
};

enum {
  JOINED,
  LOOKED,
  FILLED,
  LEAVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberJoiningWindow, limber_joining_window, GTK_TYPE_WINDOW)

static void
show (LimberJoiningWindow *self, const char *page, GtkWidget *focus)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static gboolean
is_typing (LimberJoiningWindow *self)
{
  return self->progress == NULL && limber_joining_get_stage (self->joining) == LIMBER_JOINING_TYPING;
}

static void
say (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
key_pressed (GtkButton *key, LimberJoiningWindow *self)
{
  limber_joining_window_type (self, g_utf8_get_char (gtk_button_get_label (key)));
}

static void
add_keys (LimberJoiningWindow *self, const char *letters)
{
  GtkWidget *key;

  while ((key = gtk_widget_get_first_child (GTK_WIDGET (self->keys))) != NULL)
    gtk_grid_remove (self->keys, key);
  for (int i = 0; letters[i] != '\0'; i++) {
    key = gtk_button_new_with_label ((char[]){ letters[i], '\0' });
    gtk_widget_add_css_class (key, "key");
    gtk_widget_set_hexpand (key, TRUE);
    g_signal_connect (key, "clicked", G_CALLBACK (key_pressed), self);
    gtk_grid_attach (self->keys, key, i % COLUMNS, i / COLUMNS, 1, 1);
  }
}

/* As it stands beside the screen that made it: in groups of four. */
static char *
dup_shown (LimberJoiningWindow *self)
{
  GString *shown = g_string_new (NULL);
  const char *at = self->code->str;

  for (guint n = 0; *at != '\0' && *at != '@'; at++, n++) {
    if (n > 0 && n % GROUP == 0)
      g_string_append_c (shown, '-');
    g_string_append_c (shown, *at);
  }
  g_string_append (shown, at);
  if (self->has_address_keys)
    g_string_append_printf (shown, "@%s", self->address->str);
  return g_string_free (shown, FALSE);
}

static void
typed (LimberJoiningWindow *self)
{
  gboolean lacks = limber_joining_lacks_address (self->code->str), empty = self->code->len == 0;
  g_autofree char *whole = limber_joining_whole (self->code->str, self->address->str), *words = limber_joining_count (self->code->str), *shown = NULL;

  if (lacks != self->has_address_keys) {
    self->has_address_keys = lacks;
    add_keys (self, lacks ? ADDRESS_KEYS : CODE_KEYS);
    gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->keys)));
  }
  shown = dup_shown (self);
  gtk_label_set_label (self->shown, shown);
  gtk_label_set_label (self->counted, lacks ? _("The code is whole. Now type the address that stands beside it: of the hub, or of the central service.") : words);
  gtk_widget_set_sensitive (self->delete, !empty);
  gtk_widget_set_sensitive (self->empty, !empty);
  gtk_widget_set_sensitive (self->look, whole != NULL);
  say (self->wrong, NULL);
}

static void
delete_last (LimberJoiningWindow *self)
{
  GString *text = self->address->len > 0 ? self->address : self->code;

  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  typed (self);
}

static void
empty_all (LimberJoiningWindow *self)
{
  explicit_bzero (self->code->str, self->code->len);
  g_string_truncate (self->code, 0);
  g_string_truncate (self->address, 0);
  typed (self);
  gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (self->keys)));
}

static void
look (LimberJoiningWindow *self)
{
  g_autofree char *whole = limber_joining_whole (self->code->str, self->address->str);

  if (whole != NULL)
    limber_joining_look (self->joining, whole);
}

static void
join (LimberJoiningWindow *self)
{
  limber_joining_join (self->joining);
}

static void
take_other (LimberJoiningWindow *self)
{
  empty_all (self);
  limber_joining_again (self->joining);
}

static void
stop (LimberJoiningWindow *self)
{
  limber_joining_stop (self->joining);
}

static gboolean
pulse (gpointer data)
{
  gtk_progress_bar_pulse (((LimberJoiningWindow *) data)->bar);
  return G_SOURCE_CONTINUE;
}

static void
show_offer (LimberJoiningWindow *self)
{
  const LimberOffer *offer = limber_joining_get_offer (self->joining);

  gtk_label_set_label (self->offer_site, offer->site);
  gtk_label_set_label (self->offer_class, offer->klass);
  gtk_label_set_label (self->offer_name, offer->name);
  gtk_label_set_label (self->offer_until, offer->until);
  say (self->misfit, offer->misfit);
  gtk_widget_set_visible (self->join, offer->misfit == NULL);
  show (self, "offer", offer->misfit == NULL ? self->join : self->other);
}

static void
joining_changed (LimberJoiningWindow *self)
{
  LimberJoiningStage stage = limber_joining_get_stage (self->joining);

  g_clear_handle_id (&self->pulse, g_source_remove);
  if (limber_joining_is_asking (self->joining)) {
    gtk_label_set_label (self->doing, limber_joining_doing (self->joining));
    show (self, "working", self->stop);
    self->pulse = g_timeout_add (150, pulse, self);
  } else if (stage == LIMBER_JOINING_OFFERED)
    show_offer (self);
  else if (stage == LIMBER_JOINING_TYPING) {
    typed (self);
    say (self->wrong, limber_joining_get_wrong (self->joining));
    show (self, "typing", gtk_widget_get_sensitive (self->look) ? self->look : gtk_widget_get_first_child (GTK_WIDGET (self->keys)));
  } else {
    empty_all (self);
    g_signal_emit (self, signals[JOINED], 0);
  }
}

static void
looked (LimberJoiningWindow *self)
{
  g_autofree char *count = limber_first_sync_say_count (self->progress);

  gtk_progress_bar_pulse (self->filling_bar);
  gtk_label_set_label (self->site, limber_first_sync_get_site (self->progress));
  gtk_label_set_label (self->count, count);
  g_signal_emit (self, signals[LOOKED], 0);
  if (limber_first_sync_is_over (self->progress))
    g_signal_emit (self, signals[FILLED], 0);
}

static void
let_progress_go (LimberJoiningWindow *self)
{
  if (self->progress == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->progress, self);
  limber_first_sync_stop (self->progress);
  g_clear_object (&self->progress);
}

/* The first to see a key, before any widget and any shortcut of GTK: what is not wanted goes no further. */
static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, LimberJoiningWindow *self)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)) != 0 || keyval == GDK_KEY_F10 || keyval == GDK_KEY_Menu)
    return GDK_EVENT_STOP;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    return limber_joining_window_enter (self);
  if (keyval == GDK_KEY_Escape && limber_joining_get_stage (self->joining) == LIMBER_JOINING_OFFERED) {
    take_other (self);
    return GDK_EVENT_STOP;
  }
  if (is_typing (self) && keyval == GDK_KEY_BackSpace) {
    delete_last (self);
    return GDK_EVENT_STOP;
  }
  if (!is_typing (self) || letter <= ' ' || letter >= 0x7f)
    return GDK_EVENT_PROPAGATE;
  limber_joining_window_type (self, letter);
  return GDK_EVENT_STOP;
}

/* It is as large as its screen, whatever stands on it. */
static void
limber_joining_window_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 1;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 1280 : 800;
}

static gboolean
limber_joining_window_close_request (GtkWindow *window)
{
  LimberJoiningWindow *self = LIMBER_JOINING_WINDOW (window);

  if (self->progress == NULL)
    g_signal_emit (self, signals[LEAVE], 0);
  return TRUE;
}

/* The second lock on the inspector's door: the first is that its keys do not come through. */
static gboolean
limber_joining_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  return FALSE;
}

static void
limber_joining_window_dispose (GObject *object)
{
  LimberJoiningWindow *self = LIMBER_JOINING_WINDOW (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  let_progress_go (self);
  if (self->joining != NULL) {
    g_signal_handlers_disconnect_by_data (self->joining, self);
    limber_joining_stop (self->joining);
  }
  g_clear_object (&self->joining);
  G_OBJECT_CLASS (limber_joining_window_parent_class)->dispose (object);
}

static void
limber_joining_window_finalize (GObject *object)
{
  LimberJoiningWindow *self = LIMBER_JOINING_WINDOW (object);

  explicit_bzero (self->code->str, self->code->len);
  g_string_free (self->code, TRUE);
  g_string_free (self->address, TRUE);
  G_OBJECT_CLASS (limber_joining_window_parent_class)->finalize (object);
}

static void
limber_joining_window_class_init (LimberJoiningWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_joining_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = limber_joining_window_finalize;
  widget_class->measure = limber_joining_window_measure;
  GTK_WINDOW_CLASS (klass)->close_request = limber_joining_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = limber_joining_window_enable_debugging;
  signals[JOINED] = g_signal_new ("joined", LIMBER_TYPE_JOINING_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOOKED] = g_signal_new ("looked", LIMBER_TYPE_JOINING_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILLED] = g_signal_new ("filled", LIMBER_TYPE_JOINING_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", LIMBER_TYPE_JOINING_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_resources_register (limber_joining_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/joining/limber-joining-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, why);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, shown);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, counted);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, keys);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, delete);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, look);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, offer_site);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, offer_class);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, offer_name);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, offer_until);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, misfit);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, join);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, other);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, doing);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, site);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, filling_bar);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, count);
  gtk_widget_class_bind_template_child (widget_class, LimberJoiningWindow, filling_wrong);
  gtk_widget_class_bind_template_callback (widget_class, delete_last);
  gtk_widget_class_bind_template_callback (widget_class, empty_all);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, join);
  gtk_widget_class_bind_template_callback (widget_class, take_other);
  gtk_widget_class_bind_template_callback (widget_class, stop);
}

static void
limber_joining_window_init (LimberJoiningWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->code = g_string_new (NULL);
  self->address = g_string_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self, CODE_KEYS);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  typed (self);
}

/**
 * limber_joining_window_new:
 * @dir: where the store is to be
 * @klass: what the screen is to be
 *
 * Returns: (transfer none): the window, which GTK keeps until it is destroyed
 */
LimberJoiningWindow *
limber_joining_window_new (const char *dir, LimberClass klass, LimberEnv *env)
{
  LimberJoiningWindow *self = g_object_new (LIMBER_TYPE_JOINING_WINDOW, NULL);

  self->joining = limber_joining_new (dir, klass, env);
  g_signal_connect_object (self->joining, "changed", G_CALLBACK (joining_changed), self, G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), gtk_widget_get_first_child (GTK_WIDGET (self->keys)));
  return self;
}

/**
 * limber_joining_window_is_asking:
 *
 * Returns: whether a node is asked now, so that a store may be on its way
 */
gboolean
limber_joining_window_is_asking (LimberJoiningWindow *self)
{
  return limber_joining_is_asking (self->joining);
}

/**
 * limber_joining_window_fill:
 * @store: what has just joined
 *
 * Shows how far it is with all that it should hold, and nothing else any more.
 */
void
limber_joining_window_fill (LimberJoiningWindow *self, LimberStore *store)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
  let_progress_go (self);
  self->progress = limber_first_sync_new (store);
  g_signal_connect_object (self->progress, "changed", G_CALLBACK (looked), self, G_CONNECT_SWAPPED);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  show (self, "filling", NULL);
}

/**
 * limber_joining_window_empty:
 * @why: (nullable): why there is no store, when there was one
 *
 * Waits for a code: there is nothing to be filled.
 */
void
limber_joining_window_empty (LimberJoiningWindow *self, const char *why)
{
  say (self->why, why);
  if (self->progress == NULL)
    return;
  let_progress_go (self);
  limber_joining_again (self->joining);
}

/**
 * limber_joining_window_tell:
 * @wrong: (nullable): what is in the way of the first sync
 */
void
limber_joining_window_tell (LimberJoiningWindow *self, const char *wrong)
{
  say (self->filling_wrong, wrong);
}

/**
 * limber_joining_window_type:
 * @letter: what was typed, scanned or touched
 */
void
limber_joining_window_type (LimberJoiningWindow *self, gunichar letter)
{
  gboolean after = strchr (self->code->str, '@') != NULL;

  if (!is_typing (self) || self->code->len + self->address->len >= CODE_MOST)
    return;
  if (after || letter == '@')
    g_string_append_unichar (self->code, letter);
  else if (self->has_address_keys)
    g_string_append_unichar (self->address, letter);
  else if (letter != '-')
    g_string_append_c (self->code, g_ascii_toupper ((char) letter));
  typed (self);
}

/**
 * limber_joining_window_enter:
 *
 * Enter ends a code that is whole, wherever the focus is.
 *
 * Returns: whether nothing else is to be done with it
 */
gboolean
limber_joining_window_enter (LimberJoiningWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!is_typing (self))
    return FALSE;
  if (!gtk_widget_get_sensitive (self->look)) /* a scanner's, after a code without an address, presses no key */
    return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->keys));
  look (self);
  return TRUE;
}
