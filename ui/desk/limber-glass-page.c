/* A reason that is being typed stays on the page until the page is left for good: it waits with the rest of her work behind a lock. */
#include "limber-glass-page.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-glass-row.h"
#include "limber-glass.h"
#include "limber-live-query.h"

struct _LimberGlassPage {
  GtkWidget          parent_instance;
  LimberStore       *store;   /* (owned) (nullable) */
  LimberStaffMember *member;  /* (owned) (nullable) */
  LimberLiveQuery   *rows;    /* (owned) (nullable): what was broken */
  gboolean           has_about;
  LimberId           about;
  GtkWidget         *box;
  GtkWidget         *may_not;
  GtkWidget         *form;
  GtkEditable       *reason;
  GtkLabel          *wrong;
  GtkWidget         *list_box;
  GtkCheckButton    *all;
  GtkStack          *list_stack;
  GtkNoSelection    *list;
};

/* What is written, with what was typed. */
typedef struct {
  LimberStaffMember *member; /* (owned) */
  gboolean           has_about;
  LimberId           id;     /* about whom; of a review: which */
  char              *text;   /* (owned) */
} Saying;

static void limber_glass_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberGlassPage, limber_glass_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_glass_page_be_page))

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_object_unref (saying->member);
  g_free (saying->text);
  g_free (saying);
}

static Saying *
new_saying (LimberGlassPage *self, const LimberId *id, const char *text)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->member = g_object_ref (self->member);
  saying->has_about = id != NULL;
  if (id != NULL)
    saying->id = *id;
  saying->text = g_strdup (text);
  return saying;
}

static void
say_wrong (LimberGlassPage *self, const char *text)
{
  gtk_label_set_text (self->wrong, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), text != NULL);
}

static void
update (LimberGlassPage *self)
{
  gboolean may = self->member != NULL && limber_staff_member_may (self->member, LIMBER_ACTION_BREAK_GLASS), review = self->rows != NULL;

  gtk_widget_set_visible (self->form, may);
  gtk_widget_set_visible (self->may_not, !may);
  gtk_widget_set_visible (self->list_box, review);
  if (review)
    gtk_stack_set_visible_child_name (self->list_stack, g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0 ? "some" : limber_live_query_is_loaded (self->rows) ? "none" : "loading");
}

/* Breaking. */

static gboolean
break_glass (LimberTransaction *transaction, gpointer data, GError **error)
{
  Saying *saying = data;
  LimberAuthor author = limber_staff_member_author (saying->member);
  LimberId id;

  return limber_glass_break (transaction, saying->has_about ? &saying->id : NULL, saying->text, &author, &id, error);
}

/* Whoever came here to see somebody sees her now. */
static void
broken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberGlassPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = limber_store_write_finish (LIMBER_STORE (source), result, &error);

  if (self->member == NULL)
    return;
  if (!done) {
    say_wrong (self, error->message);
    return;
  }
  limber_staff_member_stand (self->member, self->store);
  gtk_editable_set_text (self->reason, "");
  if (self->has_about)
    limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &self->about);
  else
    limber_desk_page_say (LIMBER_DESK_PAGE (self), LIMBER_UNDO_BAR_NEWS, _("The glass is broken. A manager will look at it."));
}

static void
break_clicked (LimberGlassPage *self)
{
  if (self->store == NULL)
    return;
  say_wrong (self, NULL);
  limber_store_write_async (self->store, break_glass, new_saying (self, self->has_about ? &self->about : NULL, gtk_editable_get_text (self->reason)), saying_free, NULL, broken, g_object_ref (self));
}

/* Looking at it. */

static gboolean
review_glass (LimberTransaction *transaction, gpointer data, GError **error)
{
  Saying *saying = data;
  LimberAuthor author = limber_staff_member_author (saying->member);

  return limber_glass_review (transaction, &saying->id, saying->text, &author, error);
}

static void
reviewed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberGlassPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = limber_store_write_finish (LIMBER_STORE (source), result, &error);

  if (self->member != NULL)
    limber_desk_page_say (LIMBER_DESK_PAGE (self), done ? LIMBER_UNDO_BAR_NEWS : LIMBER_UNDO_BAR_PROBLEM, done ? _("It is written down that you have looked at it.") : error->message);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LimberGlassPage *self = LIMBER_GLASS_PAGE (widget);
  const char *text, *note;
  LimberId id;

  g_variant_get (parameter, "(&s&s)", &text, &note);
  if (self->store != NULL && limber_id_parse (&id, text))
    limber_store_write_async (self->store, review_glass, new_saying (self, &id, note), saying_free, NULL, reviewed, g_object_ref (self));
}

static void
all_toggled (LimberGlassPage *self)
{
  if (self->rows != NULL)
    limber_live_query_set_values (self->rows, "i", (gint64) gtk_check_button_get_active (self->all));
}

/* The page. */

static void
limber_glass_page_close (LimberDeskPage *page)
{
  LimberGlassPage *self = LIMBER_GLASS_PAGE (page);

  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_func (self->rows, update, self);
  if (self->list != NULL)
    gtk_no_selection_set_model (self->list, NULL);
  if (self->member != NULL)
    g_signal_handlers_disconnect_by_func (self->member, update, self);
  g_clear_object (&self->rows);
  g_clear_object (&self->member);
  g_clear_object (&self->store);
  self->has_about = FALSE;
  say_wrong (self, NULL);
}

/* @about: a patient's id, or nothing */
static gboolean
limber_glass_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberGlassPage *self = LIMBER_GLASS_PAGE (page);

  limber_glass_page_close (page);
  self->store = g_object_ref (work->store);
  self->member = g_object_ref (work->member);
  self->has_about = about != NULL && limber_id_parse (&self->about, about);
  g_signal_connect_object (self->member, "stands", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (limber_staff_member_may (work->member, LIMBER_ACTION_REVIEW_GLASS)) {
    self->rows = limber_live_query_new (work->store, "glass-list", "i", (gint64) gtk_check_button_get_active (self->all));
    g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->rows, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    gtk_no_selection_set_model (self->list, G_LIST_MODEL (self->rows));
  }
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return TRUE;
}

static void
limber_glass_page_stop (LimberDeskPage *page)
{
  gtk_editable_set_text (LIMBER_GLASS_PAGE (page)->reason, "");
}

static void
limber_glass_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_glass_page_open;
  iface->close = limber_glass_page_close;
  iface->stop = limber_glass_page_stop;
}

static void
limber_glass_page_dispose (GObject *object)
{
  LimberGlassPage *self = LIMBER_GLASS_PAGE (object);

  if (self->box != NULL)
    limber_glass_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->list = NULL;
  G_OBJECT_CLASS (limber_glass_page_parent_class)->dispose (object);
}

static void
limber_glass_page_class_init (LimberGlassPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_glass_page_dispose;
  g_type_ensure (LIMBER_TYPE_GLASS_ROW);
  gtk_widget_class_install_action (widget_class, "glass.review", "(ss)", review);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-glass-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, may_not);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, form);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, reason);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, all);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassPage, list);
  gtk_widget_class_bind_template_callback (widget_class, break_clicked);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled);
}

static void
limber_glass_page_init (LimberGlassPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
