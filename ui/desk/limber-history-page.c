/* What this computer knows is shown at once; central, which knows every change, is asked meanwhile, and what it says takes the place of that.
 * Which of the two one sees is said. */
#include "limber-history-page.h"

#include <glib/gi18n-lib.h>

#include "limber-banner.h"
#include "limber-json.h"
#include "limber-past-item.h"
#include "limber-past-row.h"
#include "limber-past.h"

struct _LimberHistoryPage {
  GtkWidget       parent_instance;
  GCancellable   *cancellable; /* (owned) (nullable): %NULL while closed */
  LimberAsker     asker;       /* object: (owned) (nullable) */
  gboolean        whole;       /* central has answered */
  LimberId        device;      /* this computer */
  GListStore     *changes;     /* (owned): LimberPastItem */
  GtkWidget      *box;
  LimberBanner   *banner;
  GtkStack       *stack;
  GtkLabel       *source;
  GtkLabel       *nothing;
  GtkNoSelection *selection;
};

static void limber_history_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberHistoryPage, limber_history_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_history_page_be_page))

/* What is read here, in a worker. */
typedef struct {
  LimberId patient;
  json_t  *past; /* (owned) (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->past, json_decref);
  g_free (reading);
}

static gboolean
read_past (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;

  reading->past = limber_past_json (reader, &reading->patient, error);
  return reading->past != NULL;
}

/* What this computer is called, it need not know itself. */
static void
name_here (LimberHistoryPage *self, json_t *change)
{
  LimberId device;

  if (limber_json_string (change, "where") == NULL && limber_id_parse (&device, limber_json_string (change, "device")) && limber_id_equal (&device, &self->device))
    json_object_set_new (change, "where", json_string (_("this computer")));
}

static void
show_past (LimberHistoryPage *self, const json_t *past)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  json_t *change;
  size_t i;

  json_array_foreach (json_object_get (past, "changes"), i, change) {
    name_here (self, change);
    g_ptr_array_add (items, limber_past_item_new (change));
  }
  g_list_store_splice (self->changes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->changes)), items->pdata, items->len);
  gtk_stack_set_visible_child_name (self->stack, items->len > 0 ? "some" : "none");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Reading *reading = limber_store_read_data (result);
  LimberHistoryPage *self = data;
  gboolean read = limber_store_read_finish (LIMBER_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->whole)
    return; /* another page is in sight, or central was quicker */
  if (read)
    show_past (self, reading->past);
  else {
    gtk_label_set_text (self->nothing, error->message);
    gtk_stack_set_visible_child_name (self->stack, "none");
  }
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberHistoryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) past = self->asker.finish != NULL ? self->asker.finish (source, result, &error) : NULL;

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (past == NULL || !json_is_array (json_object_get (past, "changes"))) {
    gtk_label_set_text (self->source, _("The central service cannot be asked now. This is what this computer knows: its own changes, and of others what stands now."));
    return;
  }
  self->whole = TRUE;
  gtk_label_set_text (self->source, json_is_true (json_object_get (past, "more")) ? _("The newest changes, from the central service. There are older ones.") : _("Every change, from the central service."));
  show_past (self, past);
}

static void
ask_central (LimberHistoryPage *self, const LimberId *patient, const LimberWork *work)
{
  g_autofree char *id = limber_id_dup_text (patient), *staff = limber_id_dup_text (limber_staff_member_get_id (work->member));
  g_autoptr (json_t) question = json_pack ("{s:s, s:s, s:s}", "ask", "history", "patient", id, "staff", staff);

  if (work->asker.object == NULL) {
    gtk_label_set_text (self->source, _("This is what this computer knows."));
    return;
  }
  self->asker = work->asker;
  g_object_ref (self->asker.object);
  gtk_label_set_text (self->source, _("This is what this computer knows. Asking the central service for the rest…"));
  self->asker.ask (self->asker.object, question, self->cancellable, on_answered, g_object_ref (self));
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, LimberHistoryPage *self)
{
  LimberId patient;

  if (key != GDK_KEY_Escape || limber_banner_get_patient (self->banner) == NULL)
    return FALSE;
  patient = *limber_banner_get_patient (self->banner);
  limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &patient);
  return TRUE;
}

static void
limber_history_page_close (LimberDeskPage *page)
{
  LimberHistoryPage *self = LIMBER_HISTORY_PAGE (page);

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->asker.object);
  self->whole = FALSE;
  g_list_store_remove_all (self->changes);
  limber_banner_close (self->banner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* @about: her id. */
static gboolean
limber_history_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberHistoryPage *self = LIMBER_HISTORY_PAGE (page);
  Reading *reading;
  LimberId patient;

  if (about == NULL || !limber_id_parse (&patient, about))
    return FALSE;
  limber_history_page_close (page);
  self->cancellable = g_cancellable_new ();
  self->device = limber_store_identity (work->store)->device;
  limber_banner_open (self->banner, work->store, &patient);
  gtk_label_set_text (self->nothing, _("Nothing is known here of any change."));
  reading = g_new0 (Reading, 1);
  reading->patient = patient;
  limber_store_read_async (work->store, read_past, reading, (GDestroyNotify) reading_free, self->cancellable, on_read, self);
  ask_central (self, &patient, work);
  return TRUE;
}

static const LimberId *
limber_history_page_get_person (LimberDeskPage *page)
{
  return limber_banner_get_patient (LIMBER_HISTORY_PAGE (page)->banner);
}

static void
limber_history_page_be_page (LimberDeskPageInterface *iface)
{
  iface->get_person = limber_history_page_get_person;
  iface->open = limber_history_page_open;
  iface->close = limber_history_page_close;
}

static void
limber_history_page_dispose (GObject *object)
{
  LimberHistoryPage *self = LIMBER_HISTORY_PAGE (object);

  if (self->box != NULL) {
    limber_history_page_close (LIMBER_DESK_PAGE (self));
    gtk_widget_unparent (g_steal_pointer (&self->box));
  }
  g_clear_object (&self->changes);
  G_OBJECT_CLASS (limber_history_page_parent_class)->dispose (object);
}

static void
limber_history_page_class_init (LimberHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_history_page_dispose;
  g_type_ensure (LIMBER_TYPE_BANNER);
  g_type_ensure (LIMBER_TYPE_PAST_ROW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, banner);
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, source);
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, LimberHistoryPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
}

static void
limber_history_page_init (LimberHistoryPage *self)
{
  self->changes = g_list_store_new (LIMBER_TYPE_PAST_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->changes));
}
