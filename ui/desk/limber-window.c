/* While the screen is locked the work page keeps what was on it, but it is not in the window: neither a shortcut nor a
 * screen reader reaches it, and what windows it has opened are out of sight. Another person who signs in has a page of her own. A window
 * that nobody touches locks itself. */
#include "limber-window.h"

#include <glib/gi18n-lib.h>

#include "limber-bell.h"
#include "limber-demonstration.h"
#include "limber-filling.h"
#include "limber-first-sync.h"
#include "limber-help-page.h"
#include "limber-live-query.h"
#include "limber-shifts.h"
#include "limber-sign-in-page.h"
#include "limber-trouble-page.h"
#include "limber-welcome.h"

#define IDLE_MINUTES 10 /* where the site says nothing */
#define LOOK_SECONDS 10

struct _LimberWindow {
  AdwApplicationWindow parent_instance;
  LimberStore         *store;   /* (owned) (nullable) */
  LimberLiveQuery     *site;    /* (owned) (nullable): the site's name */
  LimberNotifier      *notifier; /* (owned) */
  LimberBell          *bell;    /* (owned) (nullable): while somebody is at work */
  gint64               touched; /* microseconds, monotonic: when somebody last did something here */
  guint                timer;
  GtkStack            *stack;
  LimberTroublePage   *trouble;
  LimberHelpPage      *help;    /* (nullable): for who has not signed in; made when it is asked for */
  GtkWidget           *helped;  /* (unowned) (nullable): what was in sight before @help */
  LimberWelcome       *welcome; /* (nullable): most starts need neither */
  LimberFilling       *filling; /* (nullable) */
  LimberSignInPage    *sign_in;
  LimberShifts        *shifts;  /* (owned): whose work is open here */
  LimberWorkPage      *work;    /* (owned) (nullable): whose turn it was last; in the stack only while she is at work */
  GPtrArray           *aside;   /* (owned): GtkWindow (owned): what she had open besides, out of sight */
  gint64               lock_minutes;
};

enum {
  READY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberWindow, limber_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
shows (LimberWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

static gboolean
is_at_work (LimberWindow *self)
{
  return shows (self, "work");
}

static void
touch (LimberWindow *self)
{
  if (self->store != NULL)
    self->touched = limber_env_monotonic (limber_store_env (self->store));
}

static gboolean
input_seen (GtkEventController *controller, GdkEvent *event, LimberWindow *self)
{
  switch (gdk_event_get_event_type (event)) {
  case GDK_KEY_PRESS:
  case GDK_BUTTON_PRESS:
  case GDK_MOTION_NOTIFY:
  case GDK_SCROLL:
  case GDK_TOUCH_BEGIN:
    touch (self);
    break;
  default:
    break;
  }
  return GDK_EVENT_PROPAGATE;
}

static void
enable_work (LimberWindow *self, gboolean at_work)
{
  static const char *const actions[] = { "win.lock", "win.switch-user", "win.sign-out", "win.search" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], at_work);
  if (self->work == NULL || at_work == (gtk_widget_get_parent (GTK_WIDGET (self->work)) != NULL))
    return;
  if (at_work)
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->work), "work");
  else
    gtk_stack_remove (self->stack, GTK_WIDGET (self->work));
}

/* What was told is taken back: who reads it next may be another. */
static void
stop_bell (LimberWindow *self)
{
  if (self->bell != NULL)
    limber_bell_stop (self->bell);
  g_clear_object (&self->bell);
}

/* A question, a preview: what her page had opened says as much as the page. */
static void
put_aside (LimberWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (link->data != (gpointer) self && gtk_window_get_transient_for (link->data) == GTK_WINDOW (self) && gtk_widget_get_visible (link->data)) {
      gtk_widget_set_visible (link->data, FALSE);
      g_object_set_data_full (link->data, "limber-work", g_object_ref (self->work), g_object_unref);
      g_ptr_array_add (self->aside, g_object_ref (link->data));
    }
}

static void
bring_back (LimberWindow *self)
{
  for (guint i = self->aside->len; i > 0; i--) {
    GtkWidget *window = g_ptr_array_index (self->aside, i - 1);

    if (g_object_get_data (G_OBJECT (window), "limber-work") != (gpointer) self->work)
      continue;
    g_object_set_data (G_OBJECT (window), "limber-work", NULL);
    gtk_widget_set_visible (window, TRUE);
    g_ptr_array_remove_index (self->aside, i - 1);
  }
}

/* What somebody had open whose work has ended. */
static void
throw_away (LimberWindow *self, LimberWorkPage *page)
{
  for (guint i = self->aside->len; i > 0; i--) {
    GtkWindow *window = g_ptr_array_index (self->aside, i - 1);

    if (g_object_get_data (G_OBJECT (window), "limber-work") != (gpointer) page)
      continue;
    g_object_set_data (G_OBJECT (window), "limber-work", NULL);
    gtk_window_destroy (window);
    g_ptr_array_remove_index (self->aside, i - 1);
  }
}

/* @first: (nullable): who is asked first, because her work is what was in sight */
static void
ask_who (LimberWindow *self, LimberStaffMember *first)
{
  stop_bell (self);
  gtk_window_set_focus (GTK_WINDOW (self), NULL); /* what is hidden must not keep the keys */
  if (self->filling != NULL)
    limber_filling_stop (self->filling);
  if (is_at_work (self))
    put_aside (self);
  limber_sign_in_page_start (self->sign_in, self->store, first, self->shifts);
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  enable_work (self, FALSE);
}

static void
welcomed (LimberWindow *self, const char *dir)
{
  g_signal_emit (self, signals[READY], 0, dir);
}

static void
show_welcome (LimberWindow *self)
{
  if (self->welcome == NULL) {
    self->welcome = g_object_new (LIMBER_TYPE_WELCOME, NULL);
    g_signal_connect_object (self->welcome, "ready", G_CALLBACK (welcomed), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->welcome), "welcome");
  }
  gtk_stack_set_visible_child_name (self->stack, "welcome");
}

/* Somebody signs in without waiting for the rest. */
static void
go_on (LimberWindow *self)
{
  ask_who (self, NULL);
}

static void
show_filling (LimberWindow *self)
{
  if (self->filling == NULL) {
    self->filling = g_object_new (LIMBER_TYPE_FILLING, NULL);
    g_signal_connect_object (self->filling, "go-on", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->filling), "filling");
  }
  gtk_stack_set_visible_child_name (self->stack, "filling");
}

/* What whoever signs in reads above: the site's name; in a demonstration also the PIN, which is nobody's secret. */
static char *
greeting (LimberWindow *self, const char *name)
{
  g_autofree char *pin = limber_demonstration_pin (self->store);

  /* Translators: a site's name and a PIN. */
  return pin != NULL ? g_strdup_printf (_("%s · everybody’s PIN is %s"), name, pin) : g_strdup (name);
}

/* The site may get its name only after the window is there: from the first sync. */
static void
site_changed (LimberWindow *self)
{
  g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->site), 0);
  const char *name = row != NULL ? limber_row_text (row, "name") : NULL;
  g_autofree char *greeted = greeting (self, name != NULL ? name : "");

  limber_sign_in_page_set_site (self->sign_in, greeted);
  limber_shifts_set_site (self->shifts, name != NULL ? name : "");
  self->lock_minutes = row != NULL && limber_row_has (row, "lock_minutes") ? limber_row_integer (row, "lock_minutes") : IDLE_MINUTES;
}

static void
watch_site (LimberWindow *self, const LimberIdentity *identity)
{
  if (self->site != NULL)
    g_signal_handlers_disconnect_by_func (self->site, site_changed, self);
  g_clear_object (&self->site);
  if (identity == NULL)
    return;
  self->site = limber_live_query_new (self->store, "site-name", "d", identity->has_site ? &identity->site : NULL);
  g_signal_connect_object (self->site, "items-changed", G_CALLBACK (site_changed), self, G_CONNECT_SWAPPED);
  site_changed (self);
}

static void
signed_in (LimberWindow *self, LimberStaffMember *member)
{
  touch (self);
  limber_sign_in_page_stop (self->sign_in);
  g_set_object (&self->work, limber_shifts_begin (self->shifts, self->store, member));
  enable_work (self, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "work");
  bring_back (self);
  limber_work_page_focus_search (self->work);
  self->bell = limber_bell_new (self->notifier, GTK_WINDOW (self), limber_work_page_get_day (self->work), member);
}

static LimberStaffMember *
last_member (LimberWindow *self)
{
  return self->work != NULL ? limber_work_page_get_member (self->work) : NULL;
}

static void
lock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LimberWindow *self = LIMBER_WINDOW (widget);

  if (is_at_work (self))
    ask_who (self, g_str_equal (action, "win.lock") ? last_member (self) : NULL);
}

/* Ends the work that was in sight last. */
static void
end_work (LimberWindow *self)
{
  g_autoptr (LimberWorkPage) page = g_steal_pointer (&self->work);

  if (page == NULL)
    return;
  if (gtk_widget_get_parent (GTK_WIDGET (page)) != NULL)
    gtk_stack_remove (self->stack, GTK_WIDGET (page));
  throw_away (self, page);
  limber_shifts_end (self->shifts, page);
}

static void
sign_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LimberWindow *self = LIMBER_WINDOW (widget);

  if (!is_at_work (self))
    return;
  ask_who (self, NULL);
  end_work (self);
}

/* Somebody may be here no more: what was typed for the sign-in begins anew, since it may be hers. */
static void
shift_over (LimberWindow *self, LimberWorkPage *page)
{
  g_autofree char *text = NULL;

  throw_away (self, page);
  if (page != self->work)
    return;
  /* Translators: a person's name */
  text = g_strdup_printf (_("%s was signed out: this PIN is not good here any more."), limber_staff_member_get_name (limber_work_page_get_member (page)));
  if (is_at_work (self))
    ask_who (self, NULL);
  else if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sign-in") == 0)
    limber_sign_in_page_start (self->sign_in, self->store, NULL, self->shifts);
  limber_sign_in_page_tell (self->sign_in, text);
  end_work (self);
}

static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (is_at_work (LIMBER_WINDOW (widget)))
    limber_work_page_focus_search (LIMBER_WINDOW (widget)->work);
}

static void
help_left (LimberWindow *self)
{
  gtk_stack_set_visible_child (self->stack, self->helped);
  gtk_widget_child_focus (self->helped, GTK_DIR_TAB_FORWARD);
}

/* At work it is a page like others. */
static void
show_help (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LimberWindow *self = LIMBER_WINDOW (widget);

  if (is_at_work (self)) {
    gtk_widget_activate_action (GTK_WIDGET (self->work), "desk.go", "s", "help");
    return;
  }
  if (self->help == NULL) {
    self->help = g_object_new (LIMBER_TYPE_HELP_PAGE, NULL);
    g_signal_connect_object (self->help, "left", G_CALLBACK (help_left), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->help), "help");
  }
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->help))
    return;
  self->helped = gtk_stack_get_visible_child (self->stack);
  limber_help_page_show (self->help, NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->help));
}

/**
 * limber_window_check_idle:
 *
 * Locks the screen when nobody has touched it for as long as the site has it, and sees whose time is over.
 */
void
limber_window_check_idle (LimberWindow *self)
{
  limber_shifts_check (self->shifts);
  if (is_at_work (self) && limber_env_monotonic (limber_store_env (self->store)) - self->touched >= self->lock_minutes * 60 * G_USEC_PER_SEC)
    ask_who (self, last_member (self));
}

static gboolean
look (gpointer data)
{
  limber_window_check_idle (data);
  return G_SOURCE_CONTINUE;
}

/* Everybody's work, as when the store is another. */
static void
end_all (LimberWindow *self)
{
  end_work (self);
  for (guint i = 0; i < self->aside->len; i++) {
    g_object_set_data (g_ptr_array_index (self->aside, i), "limber-work", NULL);
    gtk_window_destroy (g_ptr_array_index (self->aside, i));
  }
  g_ptr_array_set_size (self->aside, 0);
  limber_shifts_end_all (self->shifts);
}

static void
limber_window_dispose (GObject *object)
{
  LimberWindow *self = LIMBER_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  stop_bell (self);
  g_clear_object (&self->notifier);
  if (self->stack != NULL) {
    watch_site (self, NULL);
    limber_sign_in_page_stop (self->sign_in);
    end_all (self);
  }
  self->stack = NULL;
  g_clear_pointer (&self->aside, g_ptr_array_unref);
  g_clear_object (&self->shifts);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (limber_window_parent_class)->dispose (object);
}

static void
limber_window_class_init (LimberWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_window_dispose;
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock);
  gtk_widget_class_install_action (widget_class, "win.switch-user", NULL, lock);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, show_help);
  signals[READY] = g_signal_new ("ready", LIMBER_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (LIMBER_TYPE_TROUBLE_PAGE);
  g_type_ensure (LIMBER_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, LimberWindow, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, signed_in);
  gtk_widget_class_bind_template_callback (widget_class, input_seen);
}

static void
limber_window_init (LimberWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lock_minutes = IDLE_MINUTES;
  self->aside = g_ptr_array_new_with_free_func (g_object_unref);
  self->shifts = limber_shifts_new ();
  g_signal_connect_object (self->shifts, "over", G_CALLBACK (shift_over), self, G_CONNECT_SWAPPED);
  self->notifier = limber_notifier_new ();
  enable_work (self, FALSE);
  self->timer = g_timeout_add_seconds (LOOK_SECONDS, look, self);
}

/**
 * limber_window_new:
 *
 * Returns: (transfer none): the window; GTK keeps it until it is closed
 */
LimberWindow *
limber_window_new (GtkApplication *application)
{
  return g_object_new (LIMBER_TYPE_WINDOW, "application", application, NULL);
}

/* Nobody is at work, on nothing. */
static void
leave_store (LimberWindow *self)
{
  stop_bell (self);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  limber_sign_in_page_stop (self->sign_in);
  end_all (self);
  if (self->welcome != NULL)
    limber_welcome_stop (self->welcome);
  if (self->filling != NULL)
    limber_filling_stop (self->filling);
  watch_site (self, NULL);
  g_clear_object (&self->store);
}

/**
 * limber_window_set_store:
 * @store: an open store
 *
 * Asks who is there, and then goes to work on @store. A store that has just joined is filled before.
 */
void
limber_window_set_store (LimberWindow *self, LimberStore *store)
{
  end_all (self);
  if (self->welcome != NULL)
    limber_welcome_stop (self->welcome);
  g_set_object (&self->store, store);
  watch_site (self, limber_store_identity (store));
  if (!limber_first_sync_is_due (store)) {
    ask_who (self, NULL);
    return;
  }
  show_filling (self);
  limber_filling_start (self->filling, store);
}

/**
 * limber_window_welcome:
 * @dir: where there is no store
 * @why: (nullable): why there is none, when there was one
 *
 * Offers to join a site, or to make a demonstration; "ready" tells when there is a store.
 */
void
limber_window_welcome (LimberWindow *self, const char *dir, LimberEnv *env, const char *why)
{
  leave_store (self);
  show_welcome (self);
  enable_work (self, FALSE);
  limber_welcome_start (self->welcome, dir, env, why);
}

/**
 * limber_window_pause:
 *
 * Says that the store, which was being filled, is closed, and offers to go on.
 */
void
limber_window_pause (LimberWindow *self)
{
  leave_store (self);
  show_filling (self);
  limber_filling_pause (self->filling);
}

/**
 * limber_window_set_asker:
 * @asker: how central is asked for somebody who is not here
 */
void
limber_window_set_asker (LimberWindow *self, const LimberAsker *asker)
{
  if (self->shifts != NULL)
    limber_shifts_set_asker (self->shifts, asker);
}

/**
 * limber_window_tell_trouble:
 * @trouble: why there is no store to work on
 */
void
limber_window_tell_trouble (LimberWindow *self, const LimberTrouble *trouble)
{
  leave_store (self);
  limber_trouble_page_tell (self->trouble, trouble);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  enable_work (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->trouble));
}

/**
 * limber_window_show_sync:
 * @facts: what is known of sync
 */
void
limber_window_show_sync (LimberWindow *self, const LimberSyncFacts *facts)
{
  gint64 now = self->store != NULL ? limber_env_now (limber_store_env (self->store)) : 0;

  if (self->store == NULL)
    return;
  limber_shifts_show_sync (self->shifts, facts, now);
  if (!shows (self, "filling"))
    return;
  if (facts->last_sync > 0)
    ask_who (self, NULL);
  else {
    g_autofree char *words = limber_sync_words_short (facts, now);

    limber_filling_tell (self->filling, words, facts->error);
  }
}
