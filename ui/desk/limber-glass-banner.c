#include "limber-glass-banner.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-glass.h"
#include "limber-undo-bar.h"

struct _LimberGlassBanner {
  GtkWidget          parent_instance;
  LimberStore       *store;  /* (owned) (nullable) */
  LimberStaffMember *member; /* (owned) (nullable) */
  GtkWidget         *box;
  GtkLabel          *text;
};

G_DEFINE_FINAL_TYPE (LimberGlassBanner, limber_glass_banner, GTK_TYPE_WIDGET)

static void
update (LimberGlassBanner *self)
{
  gint64 until = self->member != NULL ? limber_staff_member_get_glass (self->member) : 0;
  g_autofree char *time = until != 0 ? limber_time_for_staff (until) : NULL, *text = NULL;

  if (time != NULL)
    /* Translators: a time, 09:22 */
    text = g_strdup_printf (_("Glass is broken until %s. What you do is marked, and a manager looks at it."), time);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static gboolean
end_glass (LimberTransaction *transaction, gpointer data, GError **error)
{
  LimberAuthor author = limber_staff_member_author (data);

  return limber_glass_end (transaction, &author, error);
}

static void
ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberGlassBanner) self = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error) && self->box != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "desk.say", "(is)", LIMBER_UNDO_BAR_PROBLEM, error->message);
}

static void
end (LimberGlassBanner *self)
{
  if (self->member != NULL)
    limber_store_write_async (self->store, end_glass, g_object_ref (self->member), g_object_unref, NULL, ended, g_object_ref (self));
}

static void
limber_glass_banner_dispose (GObject *object)
{
  LimberGlassBanner *self = LIMBER_GLASS_BANNER (object);

  if (self->box != NULL)
    limber_glass_banner_watch (self, NULL, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_glass_banner_parent_class)->dispose (object);
}

static void
limber_glass_banner_class_init (LimberGlassBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_glass_banner_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/desk/limber-glass-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberGlassBanner, box);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassBanner, text);
  gtk_widget_class_bind_template_callback (widget_class, end);
}

static void
limber_glass_banner_init (LimberGlassBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_glass_banner_watch:
 * @store: (nullable): this computer's
 * @member: (nullable): who is at work; %NULL: nobody
 */
void
limber_glass_banner_watch (LimberGlassBanner *self, LimberStore *store, LimberStaffMember *member)
{
  if (self->member != NULL)
    g_signal_handlers_disconnect_by_func (self->member, update, self);
  g_set_object (&self->store, store);
  g_set_object (&self->member, member);
  if (member != NULL)
    g_signal_connect_object (member, "stands", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
