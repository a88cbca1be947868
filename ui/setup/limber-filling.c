#include "limber-filling.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-live-query.h"

#define LOOK_MS 500

struct _LimberFilling {
  GtkWidget        parent_instance;
  LimberStore     *store;  /* (owned) (nullable): while it comes */
  LimberLiveQuery *staff;  /* (owned) (nullable): who can sign in */
  GCancellable    *cancellable; /* (owned) (nullable) */
  gboolean         counting;
  guint            timer;
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

static gboolean
read_due (LimberReader *reader, gpointer data, GError **error)
{
  g_autofree char *upstream = limber_reader_meta (reader, "upstream"), *last = limber_reader_meta (reader, "last_sync");

  *(gboolean *) data = upstream != NULL && *upstream != '\0' && last == NULL;
  return TRUE;
}

/**
 * limber_filling_is_due:
 *
 * Returns: whether @store has joined a node and has never held all that it should
 */
gboolean
limber_filling_is_due (LimberStore *store)
{
  gboolean due = FALSE;

  limber_store_read (store, read_due, &due, NULL);
  return due;
}

typedef struct {
  gint64 records;
  char  *name; /* (owned) (nullable): of the site */
} Count;

static void
count_free (Count *count)
{
  g_free (count->name);
  g_free (count);
}

static gboolean
read_count (LimberReader *reader, gpointer data, GError **error)
{
  Count *count = data;
  LimberId id;
  g_autoptr (LimberRecord) site = limber_reader_site (reader, &id) ? limber_reader_get (reader, "site", &id, NULL) : NULL;

  count->records = limber_reader_count (reader, "count-records", "");
  count->name = site != NULL ? g_strdup (limber_record_text (site, "name")) : NULL;
  return TRUE;
}

static void
counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberFilling) self = data;
  const Count *count = limber_store_read_data (result);
  g_autofree char *text = NULL;

  self->counting = FALSE;
  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL) || self->store != LIMBER_STORE (source))
    return;
  text = g_strdup_printf (ngettext ("%ld record has come so far", "%ld records have come so far", (gulong) count->records), (long) count->records);
  gtk_label_set_text (self->count, text);
  gtk_label_set_text (self->site, count->name != NULL ? count->name : _("Welcome"));
}

static gboolean
look (gpointer data)
{
  LimberFilling *self = data;

  gtk_progress_bar_pulse (self->bar);
  if (self->counting)
    return G_SOURCE_CONTINUE;
  self->counting = TRUE;
  limber_store_read_async (self->store, read_count, g_new0 (Count, 1), (GDestroyNotify) count_free, self->cancellable, counted, g_object_ref (self));
  return G_SOURCE_CONTINUE;
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
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->staff != NULL)
    g_signal_handlers_disconnect_by_func (self->staff, staff_changed, self);
  g_clear_object (&self->staff);
  g_clear_object (&self->store);
  self->counting = FALSE;
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
  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  self->staff = limber_live_query_new (store, "staff-with-pin", "dt", identity->has_site ? &identity->site : NULL, today);
  g_signal_connect_object (self->staff, "items-changed", G_CALLBACK (staff_changed), self, G_CONNECT_SWAPPED);
  self->timer = g_timeout_add (LOOK_MS, look, self);
  limber_filling_tell (self, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_visible (self->pause, TRUE);
  gtk_widget_set_visible (self->go_on, TRUE);
  gtk_widget_set_visible (self->resume, FALSE);
  staff_changed (self);
  look (self);
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
