#include "limber-filling.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-first-sync.h"
#include "limber-live-query.h"

struct _LimberFilling {
  GtkWidget        parent_instance;
  LimberFirstSync *progress; /* (owned) (nullable): while it comes */
  LimberLiveQuery *staff;    /* (owned) (nullable): who can sign in */
  GtkWidget       *box;
  GtkLabel        *site;
  GtkLabel        *count;
  GtkLabel        *state;
  GtkProgressBar  *bar;
  GtkWidget       *wrong_box;
  GtkLabel        *wrong;
  GtkWidget       *pause;
  GtkWidget       *resume;
  GtkWidget       *go_on;
};

enum {
  GO_ON,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberFilling, limber_filling, GTK_TYPE_WIDGET)

static void
looked (LimberFilling *self)
{
  g_autofree char *count = limber_first_sync_say_count (self->progress);

  gtk_progress_bar_pulse (self->bar);
  gtk_label_set_text (self->count, count);
  gtk_label_set_text (self->site, limber_first_sync_get_site (self->progress));
}

static void
staff_changed (LimberFilling *self)
{
  gtk_widget_set_sensitive (self->go_on, g_list_model_get_n_items (G_LIST_MODEL (self->staff)) > 0);
}

static void
go_on (LimberFilling *self)
{
  g_signal_emit (self, signals[GO_ON], 0);
}

static void
let_go (LimberFilling *self)
{
  if (self->progress != NULL) {
    g_signal_handlers_disconnect_by_func (self->progress, looked, self);
    limber_first_sync_stop (self->progress);
  }
  g_clear_object (&self->progress);
  if (self->staff != NULL)
    g_signal_handlers_disconnect_by_func (self->staff, staff_changed, self);
  g_clear_object (&self->staff);
}

static void
limber_filling_dispose (GObject *object)
{
  LimberFilling *self = LIMBER_FILLING (object);

  let_go (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_filling_parent_class)->dispose (object);
}

static void
limber_filling_class_init (LimberFillingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_filling_dispose;
  signals[GO_ON] = g_signal_new ("go-on", LIMBER_TYPE_FILLING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-filling.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, box);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, site);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, count);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, state);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, pause);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, resume);
  gtk_widget_class_bind_template_child (widget_class, LimberFilling, go_on);
  gtk_widget_class_bind_template_callback (widget_class, go_on);
}

static void
limber_filling_init (LimberFilling *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_filling_start:
 * @store: the one that is filled
 *
 * Shows how far it is.
 */
void
limber_filling_start (LimberFilling *self, LimberStore *store)
{
  const LimberIdentity *identity = limber_store_identity (store);
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_env_now (limber_store_env (store)), today);
  let_go (self);
  self->progress = limber_first_sync_new (store);
  g_signal_connect_object (self->progress, "changed", G_CALLBACK (looked), self, G_CONNECT_SWAPPED);
  self->staff = limber_live_query_new (store, "staff-with-pin", "dt", identity->has_site ? &identity->site : NULL, today);
  g_signal_connect_object (self->staff, "items-changed", G_CALLBACK (staff_changed), self, G_CONNECT_SWAPPED);
  limber_filling_tell (self, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_visible (self->pause, TRUE);
  gtk_widget_set_visible (self->go_on, TRUE);
  gtk_widget_set_visible (self->resume, FALSE);
  staff_changed (self);
  looked (self);
  gtk_widget_grab_focus (self->pause);
}

/**
 * limber_filling_tell:
 * @state: (nullable): how sync stands, in a few words
 * @wrong: (nullable): what is in its way
 */
void
limber_filling_tell (LimberFilling *self, const char *state, const char *wrong)
{
  gtk_label_set_text (self->state, state != NULL ? state : "");
  gtk_label_set_text (self->wrong, wrong != NULL ? wrong : "");
  gtk_widget_set_visible (self->wrong_box, wrong != NULL);
}

/**
 * limber_filling_pause:
 *
 * Says that it was stopped, and offers to go on: the store is closed.
 */
void
limber_filling_pause (LimberFilling *self)
{
  let_go (self);
  limber_filling_tell (self, _("Stopped. What has come is kept, and it goes on from there."), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_visible (self->pause, FALSE);
  gtk_widget_set_visible (self->go_on, FALSE);
  gtk_widget_set_visible (self->resume, TRUE);
  gtk_widget_grab_focus (self->resume);
}

/**
 * limber_filling_stop:
 *
 * Ends it: the page is left.
 */
void
limber_filling_stop (LimberFilling *self)
{
  let_go (self);
}
