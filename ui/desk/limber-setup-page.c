/* Who may not set up is told so, and by whom it is done; what she may is asked again by each deed. Its many rows are made when it is
 * first opened: hardly anybody ever does. */
#include "limber-setup-page.h"

#include "limber-setup.h"

struct _LimberSetupPage {
  GtkWidget       parent_instance;
  LimberDeeds    *deeds;       /* (owned) (nullable) */
  LimberStaffMember *member;   /* (owned) (nullable) */
  GCancellable   *cancellable; /* (owned) (nullable) */
  LimberSetupWork work;        /* while it is open; the store is (owned) */
  char           *part;        /* (owned) (nullable): which one is to come into sight */
  GtkWidget      *box;
  GtkStack       *stack;
  GtkLabel       *may_not;
  LimberSetup    *setup;       /* (nullable): until it was opened */
};

static void limber_setup_page_be_page (LimberDeskPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberSetupPage, limber_setup_page, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (LIMBER_TYPE_DESK_PAGE, limber_setup_page_be_page))

static void
change (LimberSetupPage *self, LimberSetUp *what)
{
  limber_deeds_say (self->deeds, &(LimberActing){ .act = LIMBER_ACT_SET_UP, .id = *limber_set_up_about (what), .set_up = what }, "");
}

static void
said (LimberSetupPage *self, const char *text)
{
  limber_desk_page_say (LIMBER_DESK_PAGE (self), LIMBER_UNDO_BAR_NEWS, text);
}

static void
refused (LimberSetupPage *self, const char *text)
{
  limber_desk_page_say (LIMBER_DESK_PAGE (self), LIMBER_UNDO_BAR_PROBLEM, text);
}

static void
deed_failed (LimberSetupPage *self, const LimberId *about, const char *wrong)
{
  if (self->setup != NULL)
    limber_setup_settle (self->setup, about, wrong);
}

static void
deed_ended (LimberSetupPage *self, int act, const LimberId *about, gboolean done)
{
  if (self->setup != NULL && done && act == LIMBER_ACT_SET_UP)
    limber_setup_settle (self->setup, about, NULL);
}

static void
make_setup (LimberSetupPage *self)
{
  self->setup = g_object_new (LIMBER_TYPE_SETUP, NULL);
  g_signal_connect_object (self->setup, "change", G_CALLBACK (change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->setup, "said", G_CALLBACK (said), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->setup, "refused", G_CALLBACK (refused), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->setup), "setup");
}

typedef struct {
  char *author, *role; /* (owned) */
  char *why;           /* (owned) (nullable): why she may not */
} Asking;

static void
asking_free (Asking *asking)
{
  g_free (asking->author);
  g_free (asking->role);
  g_free (asking->why);
  g_free (asking);
}

static gboolean
ask (LimberReader *reader, gpointer data, GError **error)
{
  Asking *asking = data;
  g_autoptr (GError) why = NULL;

  if (!limber_set_up_may (reader, &(LimberAuthor){ asking->author, asking->role }, &why))
    asking->why = g_strdup (why->message);
  return TRUE;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberSetupPage) self = data;
  const Asking *asking = limber_store_read_data (result);

  if (!limber_store_read_finish (LIMBER_STORE (source), result, NULL) || self->work.store != LIMBER_STORE (source))
    return;
  if (asking->why != NULL) {
    gtk_label_set_text (self->may_not, asking->why);
    gtk_stack_set_visible_child_name (self->stack, "may-not");
    return;
  }
  if (self->setup == NULL)
    make_setup (self);
  limber_setup_start (self->setup, &self->work);
  gtk_stack_set_visible_child_name (self->stack, "setup");
  limber_setup_show (self->setup, self->part);
}

static void
limber_setup_page_close (LimberDeskPage *page)
{
  LimberSetupPage *self = LIMBER_SETUP_PAGE (page);

  if (self->work.store == NULL)
    return;
  if (self->setup != NULL)
    limber_setup_stop (self->setup);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_signal_handlers_disconnect_by_func (self->deeds, deed_failed, self);
  g_signal_handlers_disconnect_by_func (self->deeds, deed_ended, self);
  g_clear_object (&self->deeds);
  g_clear_object (&self->member);
  g_clear_object (&self->work.store);
  self->work = (LimberSetupWork){ 0 };
}

static void
begin (LimberSetupPage *self, const LimberWork *work)
{
  Asking *asking = g_new0 (Asking, 1);

  self->member = g_object_ref (work->member);
  self->deeds = g_object_ref (work->deeds);
  self->cancellable = g_cancellable_new ();
  self->work = (LimberSetupWork){ g_object_ref (work->store), limber_staff_member_author (work->member), { work->asker.object, work->asker.ask, work->asker.finish } };
  g_signal_connect_object (self->deeds, "failed", G_CALLBACK (deed_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->deeds, "ended", G_CALLBACK (deed_ended), self, G_CONNECT_SWAPPED);
  asking->author = g_strdup (self->work.author.author);
  asking->role = g_strdup (self->work.author.role);
  limber_store_read_async (work->store, ask, asking, (GDestroyNotify) asking_free, self->cancellable, on_asked, g_object_ref (self));
}

static gboolean
limber_setup_page_open (LimberDeskPage *page, const LimberWork *work, const char *about)
{
  LimberSetupPage *self = LIMBER_SETUP_PAGE (page);

  g_free (self->part);
  self->part = g_strdup (about);
  if (self->work.store == NULL)
    begin (self, work);
  else if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "setup"))
    limber_setup_show (self->setup, about);
  return TRUE;
}

static void
limber_setup_page_be_page (LimberDeskPageInterface *iface)
{
  iface->open = limber_setup_page_open;
  iface->close = limber_setup_page_close;
}

static void
limber_setup_page_dispose (GObject *object)
{
  LimberSetupPage *self = LIMBER_SETUP_PAGE (object);

  if (self->box != NULL)
    limber_setup_page_close (LIMBER_DESK_PAGE (self));
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->part, g_free);
  G_OBJECT_CLASS (limber_setup_page_parent_class)->dispose (object);
}

static void
limber_setup_page_class_init (LimberSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_page_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupPage, box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupPage, may_not);
}

static void
limber_setup_page_init (LimberSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
