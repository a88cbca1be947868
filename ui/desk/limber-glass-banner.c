#include "limber-glass-banner.h"

#include <glib/gi18n-lib.h>

#include "limber-date.h"
#include "limber-live-query.h"

struct _LimberGlassBanner {
  GtkWidget          parent_instance;
  LimberStore       *store;  /* (owned) (nullable) */
  LimberStaffMember *member; /* (owned) (nullable) */
  LimberDeeds       *deeds;  /* (owned) (nullable) */
  LimberLiveQuery   *waiting; /* (owned) (nullable): what nobody has looked at, for whoever may */
  GtkWidget         *box;
  GtkLabel          *text;
  GtkWidget         *end;
  GtkWidget         *look;
};

G_DEFINE_FINAL_TYPE (LimberGlassBanner, limber_glass_banner, GTK_TYPE_WIDGET)

/* How many she is to look at: not what she broke herself. */
static guint
count_waiting (LimberGlassBanner *self)
{
  guint n = 0;

  for (guint i = 0; self->waiting != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->waiting)); i++) {
    g_autoptr (LimberRow) row = g_list_model_get_item (G_LIST_MODEL (self->waiting), i);

    n += !limber_id_equal (limber_row_id (row, "staff"), limber_staff_member_get_id (self->member));
  }
  return n;
}

static void
update (LimberGlassBanner *self)
{
  guint waiting = count_waiting (self);
  gint64 until = self->member != NULL ? limber_staff_member_get_glass (self->member) : 0;
  g_autofree char *time = until != 0 ? limber_time_for_staff (until) : NULL, *text = NULL;

  if (time != NULL)
    /* Translators: a time, 09:22 */
    text = g_strdup_printf (_("Glass is broken until %s. What you do is marked, and a manager looks at it."), time);
  else if (waiting > 0)
    text = g_strdup_printf (ngettext ("Somebody broke glass, and nobody has looked at it yet.", "Glass was broken %u times, and nobody has looked at it yet.", waiting), waiting);
  gtk_widget_set_visible (self->end, time != NULL);
  gtk_widget_set_visible (self->look, waiting > 0);
  gtk_label_set_text (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
watch_waiting (LimberGlassBanner *self, gboolean watch)
{
  if (watch == (self->waiting != NULL))
    return;
  if (!watch)
    g_signal_handlers_disconnect_by_func (self->waiting, update, self);
  g_clear_object (&self->waiting);
  if (!watch)
    return;
  self->waiting = limber_live_query_new (self->store, "glass-list", "i", (gint64) FALSE);
  g_signal_connect_object (self->waiting, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/* What she may do is another. */
static void
stands (LimberGlassBanner *self)
{
  watch_waiting (self, self->member != NULL && limber_staff_member_may (self->member, LIMBER_ACTION_REVIEW_GLASS));
  update (self);
}

static void
end (LimberGlassBanner *self)
{
  if (self->member != NULL)
    limber_deeds_do (self->deeds, LIMBER_ACT_GLASS_END, limber_staff_member_get_id (self->member), "");
}

static void
limber_glass_banner_dispose (GObject *object)
{
  LimberGlassBanner *self = LIMBER_GLASS_BANNER (object);

  if (self->box != NULL)
    limber_glass_banner_watch (self, NULL, NULL, NULL);
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
  gtk_widget_class_bind_template_child (widget_class, LimberGlassBanner, end);
  gtk_widget_class_bind_template_child (widget_class, LimberGlassBanner, look);
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
 * @deeds: (nullable): what she does, and takes back
 */
void
limber_glass_banner_watch (LimberGlassBanner *self, LimberStore *store, LimberStaffMember *member, LimberDeeds *deeds)
{
  if (self->member != NULL)
    g_signal_handlers_disconnect_by_func (self->member, stands, self);
  g_set_object (&self->store, store);
  g_set_object (&self->member, member);
  g_set_object (&self->deeds, deeds);
  if (member != NULL)
    g_signal_connect_object (member, "stands", G_CALLBACK (stands), self, G_CONNECT_SWAPPED);
  stands (self);
}
