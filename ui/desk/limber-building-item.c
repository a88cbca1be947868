#include "limber-building-item.h"

struct _LimberBuildingItem {
  GObject               parent_instance;
  LimberBuildingPerson *person; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LimberBuildingItem, limber_building_item, G_TYPE_OBJECT)

static void
limber_building_item_finalize (GObject *object)
{
  limber_building_person_free (LIMBER_BUILDING_ITEM (object)->person);
  G_OBJECT_CLASS (limber_building_item_parent_class)->finalize (object);
}

static void
limber_building_item_class_init (LimberBuildingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_building_item_finalize;
}

static void
limber_building_item_init (LimberBuildingItem *self)
{
}

/**
 * limber_building_item_new:
 * @person: (transfer full): who
 *
 * Returns: (transfer full): the item
 */
LimberBuildingItem *
limber_building_item_new (LimberBuildingPerson *person)
{
  LimberBuildingItem *self = g_object_new (LIMBER_TYPE_BUILDING_ITEM, NULL);

  self->person = person;
  return self;
}

const LimberBuildingPerson *
limber_building_item_get_person (LimberBuildingItem *self)
{
  return self->person;
}
