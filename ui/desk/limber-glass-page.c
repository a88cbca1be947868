/* A reason that is being typed stays on the page until the page is left for good: it waits with the rest of her work behind a lock. */
#include "limber-glass-page.h"

#include "limber-glass-row.h"
#include "limber-live-query.h"

struct _LimberGlassPage {
  GtkWidget          parent_instance;
  LimberStore       *store;   /* (owned) (nullable) */
  LimberStaffMember *member;  /* (owned) (nullable) */
  LimberDeeds       *deeds;   /* (owned) (nullable) */
  LimberId           breaking; /* drawn for what she is breaking */
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

static void limber_glass_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberGlassPage, limber_glass_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_glass_page_be_page))

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

/* Breaking, and looking at it. */

static void
break_clicked (LimberGlassPage *self)
{
  if (self->store == NULL)
    return;
  say_wrong (self, NULL);
  limber_id_init_new (&self->breaking, limber_store_env (self->store));
  limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_GLASS_BREAK, .id = self->breaking, .into = self->has_about ? &self->about : NULL, .code = gtk_editable_get_text (self->reason) }, "");
}

/* Whoever came here to see somebody sees her now. */
static void
ended (LimberGlassPage *self, int act, const LimberId *id, gboolean done)
{
  if (act != LIMBER_ACT_GLASS_BREAK || !done || !limber_id_equal (id, &self->breaking))
    return;
  limber_staff_member_stand (self->member, self->store);
  gtk_editable_set_text (self->reason, "");
  if (self->has_about)
    limber_desk_page_go (LIMBER_DESK_PAGE (self), "person", &self->about);
}

static void
failed (LimberGlassPage *self, const LimberId *id, const char *text)
{
  if (limber_id_equal (id, &self->breaking))
    say_wrong (self, text);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LimberGlassPage *self = LIMBER_GLASS_PAGE (widget);
  const char *text, *note;
  LimberId id;

  g_variant_get (parameter, "(&s&s)", &text, &note);
  if (self->store != NULL && limber_id_parse (&id, text))
    limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_GLASS_LOOK, .id = id, .code = note }, "");
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
  if (self->deeds != NULL)
    g_signal_handlers_disconnect_by_data (self->deeds, self);
  g_clear_object (&self->deeds);
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
  self->deeds = g_object_ref (work->deeds);
  g_signal_connect_object (self->deeds, "ended", G_CALLBACK (ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (failed), self, G_CONNECT_SWAPPED);
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
